// A herd server in Go: a goroutine for each connection and each link, the standard library alone.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"
)

var names = []string{"Alford", "Bolden", "Hamilton", "Parker", "Welsh"}

var neighbours = map[string][]string{
	"Alford":   {"Parker", "Welsh"},
	"Bolden":   {"Parker", "Welsh"},
	"Hamilton": {"Parker"},
	"Parker":   {"Alford", "Bolden", "Hamilton"},
	"Welsh":    {"Alford", "Bolden"},
}

const (
	maxLine        = 8192
	reconnectAfter = 200 * time.Millisecond
)

type server struct {
	name   string
	herd   *herd
	places string
	log    *traffic
}

// serve answers a client, or hears a neighbour that has dialled in.
func (s *server) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReaderSize(conn, maxLine)
	out := bufio.NewWriter(conn)
	notes := notes{who: conn.RemoteAddr().String(), log: s.log}
	var answer []byte
	for {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			out.WriteString("? ")
			out.Write(line[:1024])
			out.WriteByte('\n')
			out.Flush()
			return
		}
		if err != nil && (err != io.EOF || len(line) == 0) {
			return
		}
		line = bytes.TrimSuffix(line, []byte("\n"))
		if bytes.HasPrefix(line, []byte("HERD ")) {
			s.hear(in, string(line[5:]))
			return
		}
		now := time.Now()
		notes.add(now, "from", line)
		answer = s.answer(answer[:0], line, now)
		notes.add(now, "to", answer[:bytes.IndexByte(answer, '\n')])
		out.Write(answer)
		if err != nil || !hasLine(in) {
			notes.flush()
			if out.Flush() != nil || err != nil {
				return
			}
		}
	}
}

// hasLine tells whether the next line is here already, so that its answer can go out with this one's.
func hasLine(in *bufio.Reader) bool {
	ahead, _ := in.Peek(in.Buffered())
	return bytes.IndexByte(ahead, '\n') >= 0
}

func (s *server) answer(to, line []byte, now time.Time) []byte {
	name, rest := field(line)
	switch string(name) {
	case "IAMAT":
		if l, ok := parseReport(rest, s.name, now); ok {
			s.herd.accept(l, "")
			return append(append(to, l.at...), '\n')
		}
	case "WHATSAT":
		if q, ok := parseQuestion(rest); ok {
			if at := s.herd.find(q.client); at != nil {
				to = append(append(to, at...), '\n')
				return append(to, s.nearby(at, q)...)
			}
		}
	}
	to = append(append(to, "? "...), bytes.TrimSuffix(line, []byte("\r"))...)
	return append(to, '\n')
}

// hear takes in what a neighbour tells.
func (s *server) hear(in *bufio.Reader, neighbour string) {
	notes := notes{who: neighbour, log: s.log}
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), 2*maxLine)
	for count := 0; lines.Scan(); count++ {
		notes.add(time.Now(), "from", lines.Bytes())
		if l, ok := parseAt(lines.Bytes()); ok {
			s.herd.accept(l, neighbour)
		}
		if count%100 == 0 {
			notes.flush()
		}
	}
	notes.flush()
}

// keep dials a neighbour for ever, and tells it all that this server knows, then what it hears.
func (s *server) keep(l *link, address string) {
	notes := notes{who: l.name, log: s.log}
	for ; ; time.Sleep(reconnectAfter) {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			continue
		}
		notes.add(time.Now(), "link", []byte("up"))
		s.herd.attach(l)
		_, err = fmt.Fprintf(conn, "HERD %s\n", s.name)
		go func() { // the neighbour says nothing: this ends when the connection does
			io.Copy(io.Discard, conn)
			conn.Close()
			l.wake()
		}()
		var batch []byte
		for err == nil {
			batch = s.herd.take(l, batch[:0], &notes)
			if len(batch) == 0 {
				notes.flush()
				<-l.ready
			}
			_, err = conn.Write(batch)
		}
		s.herd.detach(l)
		conn.Close()
		notes.add(time.Now(), "link", []byte("down"))
		notes.flush()
	}
}

func run() error {
	base := flag.Int("base-port", 0, "Alford's port; the others' follow")
	folder := flag.String("log", "", "the folder of the traffic log")
	places := flag.String("places", "", "URL or file of a document as of Google Places Nearby Search")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: herd --base-port PORT --log DIR [--places URL|FILE] NAME")
	}
	flag.Parse()
	port := map[string]int{}
	for i, name := range names {
		port[name] = *base + i
	}
	name := flag.Arg(0)
	if port[name] == 0 || *base == 0 || *folder == "" {
		flag.Usage()
		os.Exit(2)
	}
	log, err := openTraffic(*folder, name)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", fmt.Sprint("127.0.0.1:", port[name]))
	if err != nil {
		return err
	}
	s := &server{name: name, herd: newHerd(neighbours[name]), places: *places, log: log}
	for _, l := range s.herd.links {
		go s.keep(l, fmt.Sprint("127.0.0.1:", port[l.name]))
	}
	go func() {
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
		<-stop
		log.flush()
		os.Exit(0)
	}()
	for {
		conn, err := listener.Accept()
		if err != nil {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		go s.serve(conn)
	}
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
