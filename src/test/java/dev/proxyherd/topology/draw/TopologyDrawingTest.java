package dev.proxyherd.topology.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.topology.HerdSettings;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import dev.proxyherd.topology.graph.Shape;
import dev.proxyherd.topology.graph.SomeGraphs;
import dev.proxyherd.topology.plan.LinkPlan;
import dev.proxyherd.topology.plan.MadeUpHerd;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TopologyDrawingTest {
    private static Document drawn(Topology topology) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(TopologyDrawing.svg(Shape.of(topology)))));
    }

    private static List<Element> all(Document svg, String tag) {
        NodeList found = svg.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    private static List<String> texts(Document svg) {
        return all(svg, "text").stream().filter(text -> !text.hasAttribute("class")).map(Element::getTextContent)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 50})
    void showsEveryServerWithItsNameAndEveryLink(int servers) throws Exception {
        Topology herd = MadeUpHerd.linked(MadeUpHerd.of(MadeUpHerd.names(servers)), LinkPlan.propose(servers, 0));
        Document svg = drawn(herd);
        assertThat(texts(svg)).containsExactlyElementsOf(herd.servers().keySet());
        assertThat(all(svg, "circle")).hasSize(servers);
        assertThat(all(svg, "line")).hasSize(servers - 1);
    }

    @Test
    void keepsServersApartAndOnThePaper() throws Exception {
        List<String> names = new ArrayList<>(MadeUpHerd.names(50));
        names.set(7, "n".repeat(64));
        Document svg = drawn(MadeUpHerd.linked(MadeUpHerd.of(names), LinkPlan.propose(50, 1)));
        double height = Double.parseDouble(svg.getDocumentElement().getAttribute("height"));
        List<double[]> places = all(svg, "circle").stream()
                .map(circle -> new double[] {Double.parseDouble(circle.getAttribute("cx")),
                    Double.parseDouble(circle.getAttribute("cy"))})
                .toList();
        for (double[] one : places) {
            assertThat(one[1]).isBetween(0.0, height);
            assertThat(places.stream()
                    .mapToDouble(other -> Math.hypot(other[0] - one[0], other[1] - one[1])).sorted().skip(1).findFirst()
                    .orElseThrow())
                    .as("pixels between neighbours on the circle").isGreaterThan(18);
        }
    }

    @Test
    void marksWhatPartsTheHerdWhenItAloneIsLost() throws Exception {
        Document svg = drawn(MadeUpHerd.linked(MadeUpHerd.of(List.of("A", "B", "C", "D", "E")),
                SomeGraphs.graph(5, "01", "12", "20", "23")));
        assertThat(all(svg, "circle").stream().map(circle -> circle.getAttribute("class")))
                .containsExactly("server", "server", "server cut", "server", "server apart");
        assertThat(all(svg, "line").stream().filter(line -> line.getAttribute("class").equals("link cut"))
                .map(Element::getTextContent)).containsExactly("C - D");
    }

    @Test
    void escapesNames() throws Exception {
        String name = "<b>&\"'";
        Document svg = drawn(new Topology(Map.of(name, new ServerAddress("h", 1)), Map.of(name, Set.of()),
                new HerdSettings(Map.of(), Map.of())));
        assertThat(texts(svg)).containsExactly(name);
    }
}
