package main

import (
	"bytes"
	"sync"
	"time"
)

// entry is a client's newest location, and which links have yet to tell it.
type entry struct {
	location
	queued uint8
}

// herd is what a server knows, and what each link has yet to tell: of each client the newest, so a queue is never longer
// than the store.
type herd struct {
	mu    sync.Mutex
	store map[string]*entry
	links []*link
}

// link is the way to one neighbour.
type link struct {
	name  string
	bit   uint8
	up    bool
	queue []*entry
	ready chan struct{}
}

func newHerd(neighbours []string) *herd {
	h := &herd{store: map[string]*entry{}}
	for i, name := range neighbours {
		h.links = append(h.links, &link{name: name, bit: 1 << i, ready: make(chan struct{}, 1)})
	}
	return h
}

func (h *herd) find(client []byte) []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	if e := h.store[string(client)]; e != nil {
		return e.at
	}
	return nil
}

// accept stores a location and queues it for all neighbours but the one it came from, unless it is outdated.
func (h *herd) accept(l location, from string) {
	h.mu.Lock()
	e := h.store[string(l.client)]
	if e == nil {
		e = &entry{}
		h.store[string(l.client)] = e
	} else if l.when < e.when || l.when == e.when && bytes.Compare(l.at, e.at) >= 0 {
		h.mu.Unlock()
		return
	}
	e.location = l
	for _, k := range h.links {
		if k.up && k.name != from {
			k.add(e)
		}
	}
	h.mu.Unlock()
	for _, k := range h.links {
		if k.name != from {
			k.wake()
		}
	}
}

// attach queues all that is known.
func (h *herd) attach(l *link) {
	h.mu.Lock()
	defer h.mu.Unlock()
	l.up = true
	for _, e := range h.store {
		l.add(e)
	}
	l.wake()
}

func (h *herd) detach(l *link) {
	h.mu.Lock()
	defer h.mu.Unlock()
	l.up = false
	for _, e := range l.queue {
		e.queued &^= l.bit
	}
	l.queue = nil
}

// take appends the lines that a link has to tell, up to 1,000.
func (h *herd) take(l *link, to []byte, notes *notes) []byte {
	h.mu.Lock()
	n := len(l.queue)
	if n > 1000 {
		n = 1000
	}
	batch := make([][]byte, 0, n)
	for _, e := range l.queue[:n] {
		e.queued &^= l.bit
		batch = append(batch, e.at)
	}
	if l.queue = l.queue[n:]; len(l.queue) == 0 {
		l.queue = nil
	}
	h.mu.Unlock()
	now := time.Now()
	for _, at := range batch {
		notes.add(now, "to", at)
		to = append(append(to, at...), '\n')
	}
	notes.flush()
	return to
}

func (l *link) add(e *entry) {
	if e.queued&l.bit == 0 {
		e.queued |= l.bit
		l.queue = append(l.queue, e)
	}
}

func (l *link) wake() {
	select {
	case l.ready <- struct{}{}:
	default:
	}
}
