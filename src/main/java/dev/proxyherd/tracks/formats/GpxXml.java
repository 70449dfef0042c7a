package dev.proxyherd.tracks.formats;

import dev.proxyherd.foreign.ForeignFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Opens a file's XML at its first element or declaration: what an editor or a script has left before that is no matter. DTDs
 * and external entities are off.
 */
final class GpxXml {
    private long linesBefore;

    XMLStreamReader open(ForeignFile in) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        Charset marked = in.marked();
        if (marked == null) {
            stepTo('<', in.bytes());
            return factory.createXMLStreamReader(in.bytes());
        }
        BufferedReader text = new BufferedReader(new InputStreamReader(in.bytes(), marked.newDecoder()));
        stepTo('<', text);
        return factory.createXMLStreamReader(text);
    }

    /** How many lines of the file the XML reader has not seen. */
    long linesBefore() {
        return linesBefore;
    }

    private void stepTo(char first, InputStream in) throws IOException {
        in.mark(1);
        for (int b = in.read(); b >= 0 && b != first; b = in.read()) {
            linesBefore += b == '\n' ? 1 : 0;
            in.mark(1);
        }
        in.reset();
    }

    private void stepTo(char first, BufferedReader in) throws IOException {
        in.mark(1);
        for (int c = in.read(); c >= 0 && c != first; c = in.read()) {
            linesBefore += c == '\n' ? 1 : 0;
            in.mark(1);
        }
        in.reset();
    }
}
