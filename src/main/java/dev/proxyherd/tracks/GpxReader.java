package dev.proxyherd.tracks;

import dev.proxyherd.foreign.ForeignFile;
import dev.proxyherd.foreign.ForeignTime;
import dev.proxyherd.foreign.UnusableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads GPX track points (<a href="https://www.topografix.com/GPX/1/1/">GPX 1.1</a>, and 1.0 alike). A track's name is its
 * client; without one, the file's. An element counts by where it stands and by its namespace: that of either version, none,
 * or whichever the root has. DTDs and external entities are off.
 */
final class GpxReader {
    private static final Set<String> NAMESPACES =
            Set.of("", "http://www.topografix.com/GPX/1/0", "http://www.topografix.com/GPX/1/1");
    private static final String TRACK = "gpx/trk";
    private static final String POINT = TRACK + "/trkseg/trkpt";
    private static final Set<String> TEXTS = Set.of(TRACK + "/name", POINT + "/time");

    private final XMLStreamReader xml;
    private final long linesBefore;
    private final String fallback;
    private final FileTracks to;

    /** Where the reader stands: the path to each open element from the root. */
    private final Deque<String> open = new ArrayDeque<>();

    private final StringBuilder text = new StringBuilder();
    private final List<Read> track = new ArrayList<>();
    private String rootNamespace = "";
    private String name;
    private Read point;
    private long others;

    /** A point as it stands in the file; its track's name may follow it. */
    private static final class Read {
        private final long line;
        private final String latitude;
        private final String longitude;
        private String time;

        private Read(long line, String latitude, String longitude) {
            this.line = line;
            this.latitude = latitude;
            this.longitude = longitude;
        }
    }

    private GpxReader(XMLStreamReader xml, long linesBefore, String fallback, FileTracks to) {
        this.xml = xml;
        this.linesBefore = linesBefore;
        this.fallback = fallback;
        this.to = to;
    }

    static void read(ForeignFile in, String client, FileTracks to) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        long linesBefore = 0;
        try {
            Charset marked = in.charset(null);
            XMLStreamReader xml;
            if (marked == null) {
                linesBefore = stepOverBlanks(in.bytes());
                xml = factory.createXMLStreamReader(in.bytes());
            } else {
                BufferedReader characters = new BufferedReader(new InputStreamReader(in.bytes(), marked.newDecoder()));
                linesBefore = stepOverBlanks(characters);
                xml = factory.createXMLStreamReader(characters);
            }
            new GpxReader(xml, linesBefore, client, to).readAll();
            xml.close();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException broken) {
                throw broken;
            }
            throw new TrackException(to.file() + ": broken XML at line " + (linesBefore + e.getLocation().getLineNumber()) + ": "
                    + e.getMessage().replaceFirst("(?s).*Message: ", "").strip());
        }
    }

    /** XML begins with its declaration; what an editor or a script has left before it is no matter. Returns how many lines. */
    private static long stepOverBlanks(InputStream in) throws IOException {
        long lines = 0;
        in.mark(1);
        for (int b = in.read(); b >= 0 && b != '<'; b = in.read()) {
            lines += b == '\n' ? 1 : 0;
            in.mark(1);
        }
        in.reset();
        return lines;
    }

    private static long stepOverBlanks(BufferedReader in) throws IOException {
        long lines = 0;
        in.mark(1);
        for (int c = in.read(); c >= 0 && c != '<'; c = in.read()) {
            lines += c == '\n' ? 1 : 0;
            in.mark(1);
        }
        in.reset();
        return lines;
    }

    private void readAll() throws XMLStreamException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> begin();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty() && TEXTS.contains(open.peek())) {
                        text.append(xml.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> end(open.pop());
                default -> {
                    // Comments and the like.
                }
            }
        }
        if (!to.named().isEmpty()) {
            to.remark("GPX: " + Doubts.shortened(to.named().stream().map(one -> "track " + one.track() + " is client " + one.client())
                    .toList()));
        }
        if (others > 0) {
            to.remark("not played, being no tracks: " + others + " waypoints and points of routes");
        }
    }

    private void begin() {
        String namespace = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
        if (open.isEmpty()) {
            rootNamespace = namespace;
            open.push(xml.getLocalName());
        } else {
            boolean ours = NAMESPACES.contains(namespace) || namespace.equals(rootNamespace);
            open.push(open.peek() + '/' + (ours ? xml.getLocalName() : "?"));
        }
        switch (open.peek()) {
            case TRACK -> name = null;
            case POINT -> {
                point = new Read(linesBefore + xml.getLocation().getLineNumber(),
                        xml.getAttributeValue(null, "lat"), xml.getAttributeValue(null, "lon"));
                track.add(point);
            }
            case "gpx/wpt", "gpx/rte/rtept" -> others++;
            default -> text.setLength(TEXTS.contains(open.peek()) ? 0 : text.length());
        }
    }

    private void end(String path) {
        switch (path) {
            case TRACK + "/name" -> name = name == null ? text.toString().strip() : name;
            case POINT + "/time" -> point.time = text.toString();
            case TRACK -> endTrack();
            default -> {
                // Nothing of ours.
            }
        }
    }

    private void endTrack() {
        String client = Tracks.id(name == null ? "" : name, fallback);
        if (!track.isEmpty()) {
            to.name(name == null || name.isEmpty() ? "without a name" : "'" + name + "'", client);
        }
        for (Read read : track) {
            try {
                to.add(new TrackPoint(client, Degrees.LATITUDE.signed(read.latitude),
                        Degrees.LONGITUDE.signed(read.longitude), time(read.time)), read.line);
            } catch (UnusableException e) {
                to.leaveOut(e, read.line);
            }
        }
        track.clear();
    }

    private static BigDecimal time(String text) throws UnusableException {
        if (text == null || text.isBlank()) {
            return null;
        }
        BigDecimal time = ForeignTime.parse(text);
        if (time == null) {
            throw new UnusableException("with a time", text, "times are written 2026-05-22T21:37:25Z");
        }
        return time;
    }
}
