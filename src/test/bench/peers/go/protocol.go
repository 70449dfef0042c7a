package main

import (
	"bytes"
	"math"
	"strconv"
	"time"
)

// location is where a client is; client is a part of at.
type location struct {
	client []byte
	when   int64 // nanoseconds
	at     []byte
}

type question struct {
	client []byte
	radius float64
	bound  int
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// field cuts the first field off a line.
func field(line []byte) (first, rest []byte) {
	start := 0
	for start < len(line) && isSpace(line[start]) {
		start++
	}
	end := start
	for end < len(line) && !isSpace(line[end]) {
		end++
	}
	return line[start:end], line[end:]
}

// fields cuts a line into as many fields as there are in to, and tells whether it has exactly that many.
func fields(line []byte, to ...*[]byte) bool {
	for _, f := range to {
		if *f, line = field(line); len(*f) == 0 {
			return false
		}
	}
	more, _ := field(line)
	return len(more) == 0
}

// number is the length of the number that text begins with.
func number(text []byte) int {
	n := 0
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	if n == 0 || n+1 >= len(text) || text[n] != '.' || !isDigit(text[n+1]) {
		return n
	}
	for n++; n < len(text) && isDigit(text[n]); n++ {
	}
	return n
}

func parseReport(rest []byte, server string, now time.Time) (l location, ok bool) {
	var client, position, clock []byte
	if !fields(rest, &client, &position, &clock) {
		return l, false
	}
	latitude, longitude := split(position)
	if !isDegrees(latitude, 90) || !isDegrees(longitude, 180) {
		return l, false
	}
	if l.when, ok = parseTime(clock); !ok {
		return l, false
	}
	at := make([]byte, 0, len(server)+len(client)+len(position)+len(clock)+32)
	at = append(append(at, "AT "...), server...)
	at = append(appendSkew(append(at, ' '), now.UnixNano()-l.when), ' ')
	start := len(at)
	at = append(append(at, client...), ' ')
	at = append(append(at, position...), ' ')
	l.at = append(at, clock...)
	l.client = l.at[start : start+len(client)]
	return l, true
}

func parseAt(line []byte) (l location, ok bool) {
	var at, server, skew, client, position, clock []byte
	line = append([]byte(nil), line...)
	if !fields(line, &at, &server, &skew, &client, &position, &clock) || string(at) != "AT" {
		return l, false
	}
	l = location{client: client, at: line}
	l.when, ok = parseTime(clock)
	return l, ok
}

func parseQuestion(rest []byte) (q question, ok bool) {
	var radius, bound []byte
	if !fields(rest, &q.client, &radius, &bound) || number(radius) != len(radius) || bytes.IndexByte(bound, '.') >= 0 ||
		number(bound) != len(bound) {
		return q, false
	}
	q.radius, _ = strconv.ParseFloat(string(radius), 64)
	most, err := strconv.ParseUint(string(bound), 10, 32)
	q.bound = int(most)
	return q, err == nil && q.radius <= 50 && q.bound <= 20
}

// split parts a position into latitude and longitude.
func split(position []byte) (latitude, longitude []byte) {
	if at := bytes.LastIndexAny(position, "+-"); at > 0 {
		return position[:at], position[at:]
	}
	return nil, nil
}

func isDegrees(text []byte, most float64) bool {
	if len(text) < 2 || text[0] != '+' && text[0] != '-' || number(text[1:]) != len(text)-1 {
		return false
	}
	degrees, err := strconv.ParseFloat(string(text), 64)
	return err == nil && math.Abs(degrees) <= most
}

func parseTime(text []byte) (when int64, ok bool) {
	if number(text) != len(text) {
		return 0, false
	}
	whole, fraction, _ := bytes.Cut(text, []byte("."))
	if len(whole) > 10 {
		return 0, false
	}
	for _, c := range whole {
		when = when*10 + int64(c-'0')
	}
	if when > 9223372035 {
		return 0, false
	}
	for i := 0; i < 9; i++ {
		when *= 10
		if i < len(fraction) {
			when += int64(fraction[i] - '0')
		}
	}
	return when, true
}

func appendSkew(to []byte, skew int64) []byte {
	sign := byte('+')
	if skew < 0 {
		sign, skew = '-', -skew
	}
	to = strconv.AppendInt(append(to, sign), skew/1e9, 10)
	digits := strconv.AppendInt(nil, 1e9+skew%1e9, 10) // a one, and nine digits
	digits[0] = '.'
	return append(to, digits...)
}
