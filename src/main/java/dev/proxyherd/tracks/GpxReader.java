package dev.proxyherd.tracks;

import dev.proxyherd.foreign.ForeignTime;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads GPX track points (<a href="https://www.topografix.com/GPX/1/1/">GPX 1.1</a>, and 1.0 alike). A track's name is its
 * client; without one, the file's. DTDs and external entities are off.
 */
final class GpxReader {
    private final XMLStreamReader xml;
    private final Tracks.Builder to;
    private final String fallback;
    private String client;

    private GpxReader(XMLStreamReader xml, String fallback, Tracks.Builder to) {
        this.xml = xml;
        this.fallback = fallback;
        this.client = fallback;
        this.to = to;
    }

    static void read(Path file, InputStream in, String client, Tracks.Builder to) throws TrackException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            new GpxReader(xml, client, to).readAll();
            xml.close();
        } catch (XMLStreamException e) {
            throw new TrackException(file + ": broken XML at line " + e.getLocation().getLineNumber() + ": "
                    + e.getMessage().replaceFirst("(?s).*Message: ", "").strip());
        }
    }

    private void readAll() throws XMLStreamException {
        boolean inTrackHead = false;
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "trk" -> {
                    client = fallback;
                    inTrackHead = true;
                }
                case "trkseg" -> inTrackHead = false;
                case "name" -> {
                    if (inTrackHead) {
                        client = Tracks.id(xml.getElementText(), fallback);
                    }
                }
                case "trkpt" -> point();
                default -> {
                    // Routes and waypoints are no tracks.
                }
            }
        }
    }

    private void point() throws XMLStreamException {
        BigDecimal latitude = Degrees.parse(xml.getAttributeValue(null, "lat"));
        BigDecimal longitude = Degrees.parse(xml.getAttributeValue(null, "lon"));
        BigDecimal time = null;
        for (int depth = 1; depth > 0;) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                if (depth == 1 && xml.getLocalName().equals("time")) {
                    time = ForeignTime.parse(xml.getElementText());
                } else {
                    depth++;
                }
            }
        }
        if (latitude == null || longitude == null) {
            to.skip();
        } else {
            to.add(new TrackPoint(client, latitude, longitude, time));
        }
    }
}
