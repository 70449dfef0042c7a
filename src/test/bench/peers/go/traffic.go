package main

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// traffic is the log: a line for each command, answer and update.
type traffic struct {
	mu   sync.Mutex
	file *bufio.Writer
}

func openTraffic(folder, name string) (*traffic, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(folder, "server-"+name+".log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	t := &traffic{file: bufio.NewWriterSize(file, 256<<10)}
	go func() {
		for range time.Tick(250 * time.Millisecond) {
			t.flush()
		}
	}()
	return t, nil
}

func (t *traffic) flush() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.file.Flush()
}

// notes gathers what one goroutine has to log.
type notes struct {
	who  string
	log  *traffic
	text []byte
}

func (n *notes) add(now time.Time, way string, line []byte) {
	n.text = append(strconv.AppendInt(n.text, now.UnixMicro(), 10), ' ')
	n.text = append(append(n.text, way...), ' ')
	n.text = append(append(n.text, n.who...), ' ')
	n.text = append(append(n.text, line...), '\n')
}

func (n *notes) flush() {
	n.log.mu.Lock()
	n.log.file.Write(n.text)
	n.log.mu.Unlock()
	n.text = n.text[:0]
}
