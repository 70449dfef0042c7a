package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

type places struct {
	Attributions []json.RawMessage `json:"html_attributions"`
	Message      string            `json:"error_message,omitempty"`
	Results      []json.RawMessage `json:"results"`
	Status       string            `json:"status"`
}

// nearby is the document of an answer, with the empty line that ends it.
func (s *server) nearby(at []byte, q question) []byte {
	found := places{Attributions: []json.RawMessage{}, Results: []json.RawMessage{}, Status: "ZERO_RESULTS"}
	if s.places != "" {
		document, err := s.lookUp(at, q)
		if err == nil {
			err = json.Unmarshal(document, &found)
		}
		if err != nil {
			found = places{Attributions: found.Attributions, Results: []json.RawMessage{}, Status: "UNKNOWN_ERROR"}
		}
	}
	if len(found.Results) > q.bound {
		found.Results = found.Results[:q.bound]
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "   ")
	if err := encoder.Encode(found); err != nil {
		return []byte("{}\n\n")
	}
	return append(text.Bytes(), '\n')
}

func (s *server) lookUp(at []byte, q question) ([]byte, error) {
	if !strings.HasPrefix(s.places, "http") {
		return os.ReadFile(s.places)
	}
	latitude, longitude := split(bytes.Fields(at)[4])
	reply, err := client.Get(fmt.Sprintf("%s?location=%s,%s&radius=%g", s.places, latitude, longitude, q.radius*1000))
	if err != nil {
		return nil, err
	}
	defer reply.Body.Close()
	return io.ReadAll(reply.Body)
}
