package dev.proxyherd.tracks.formats;

import dev.proxyherd.foreign.ForeignFile;
import dev.proxyherd.foreign.ForeignTime;
import dev.proxyherd.foreign.UnusableException;
import dev.proxyherd.tracks.Degrees;
import dev.proxyherd.tracks.FileTracks;
import dev.proxyherd.tracks.TrackException;
import dev.proxyherd.tracks.TrackPoint;
import dev.proxyherd.tracks.read.Doubts;
import dev.proxyherd.tracks.read.Tracks;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads GPX track points (<a href="https://www.topografix.com/GPX/1/1/">GPX 1.1</a>, and 1.0 alike). A track's name is its
 * client; without one, the file's. An element counts by where it stands and by its namespace: that of either version, none,
 * or whichever the root has.
 */
public final class GpxReader {
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

    public static void read(ForeignFile in, String client, FileTracks to) throws IOException {
        GpxXml gpx = new GpxXml();
        try {
            XMLStreamReader xml = gpx.open(in);
            new GpxReader(xml, gpx.linesBefore(), client, to).readAll();
            xml.close();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException broken) {
                throw broken;
            }
            throw new TrackException(
                    to.file() + ": broken XML at line " + (gpx.linesBefore() + e.getLocation().getLineNumber())
                            + ": " + e.getMessage().replaceFirst("(?s).*Message: ", "").strip());
        }
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
            to.take("GPX: " + Doubts
                    .shortened(to.named().stream().map(one -> "track " + one.track() + " is client " + one.client())
                            .toList()));
        }
        if (others > 0) {
            to.take("not played, being no tracks: " + others + " waypoints and points of routes");
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
