package dev.proxyherd.tracks.formats;

import dev.proxyherd.foreign.ForeignFile;
import dev.proxyherd.tracks.FileTracks;
import dev.proxyherd.tracks.Names;
import dev.proxyherd.tracks.TrackException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
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
    private final FileTracks to;

    /** Where the reader stands: the path to each open element from the root. */
    private final Deque<String> open = new ArrayDeque<>();

    private final StringBuilder text = new StringBuilder();
    private String rootNamespace = "";
    private GpxTrack track;
    private long others;

    private GpxReader(XMLStreamReader xml, long linesBefore, FileTracks to) {
        this.xml = xml;
        this.linesBefore = linesBefore;
        this.to = to;
        this.track = new GpxTrack(to);
    }

    public static void read(ForeignFile in, FileTracks to) throws IOException {
        GpxXml gpx = new GpxXml();
        try {
            XMLStreamReader xml = gpx.open(in);
            new GpxReader(xml, gpx.linesBefore(), to).readAll();
            xml.close();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException broken) {
                throw broken;
            }
            throw new TrackException(
                    to.file() + ": broken XML at line " + (gpx.linesBefore() + e.getLocation().getLineNumber())
                            + ": " + String.valueOf(e.getMessage()).replaceFirst("(?s).*Message: ", "").strip());
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
            to.take("GPX: "
                    + Names.few(to.named().stream().map(one -> "track " + one.track() + " is client " + one.client())
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
            case TRACK -> track = new GpxTrack(to);
            case POINT -> track.beginPoint(linesBefore + xml.getLocation().getLineNumber(),
                    xml.getAttributeValue(null, "lat"), xml.getAttributeValue(null, "lon"));
            case "gpx/wpt", "gpx/rte/rtept" -> others++;
            default -> text.setLength(TEXTS.contains(open.peek()) ? 0 : text.length());
        }
    }

    private void end(String path) {
        switch (path) {
            case TRACK + "/name" -> track.name(text.toString());
            case POINT + "/time" -> track.time(text.toString());
            case POINT -> track.endPoint();
            case TRACK -> track.end();
            default -> {
                // Nothing of ours.
            }
        }
    }
}
