package dev.proxyherd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What documents point to is there: other documents, rooms, classes. */
class DocumentsTest {
    private static final Path MAIN = Path.of("src/main/java/dev/proxyherd");
    private static final Path TEST = Path.of("src/test/java/dev/proxyherd");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern CLASS = Pattern.compile("([a-z]+(?:/[a-z]+)*)/([A-Z]\\w+)");
    private static final Pattern ROOM = Pattern.compile("(?!src/)[a-z]+(?:/[a-z]+)+");

    static List<Path> all() throws IOException {
        return Documents.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void leadWhereTheySay(Path document) throws IOException {
        List<String> links = LINK.matcher(Documents.prose(Files.readString(document))).results()
                .map(link -> link.group(1)).filter(link -> !link.startsWith("https://")).toList();
        for (String link : links) {
            String[] parts = link.split("#", 2);
            Path to = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
            assertThat(to).as("%s in %s", link, document).exists();
            if (parts.length == 2) {
                assertThat(anchors(to)).as("%s in %s", link, document).contains(parts[1]);
            }
        }
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path document) throws IOException {
        return HEADING.matcher(Documents.prose(Files.readString(document))).results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ',
                        '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void nameTheDocumentsInTheReadme() throws IOException {
        String readme = Files.readString(Documents.README);
        assertThat(all().stream().filter(document -> !document.equals(Documents.README)))
                .isNotEmpty().allSatisfy(document -> assertThat(readme).contains("](" + document + ')'));
    }

    @Test
    void fitTheReadmeOnTwoScreens() throws IOException {
        assertThat(Files.readAllLines(Documents.README)).hasSizeLessThanOrEqualTo(120);
        assertThat(Files.size(Path.of("src/doc/map.png"))).isLessThan(300_000);
    }

    /** A class may stand in an inner room of the one that is named. */
    @Test
    void nameClassesAndRoomsThatAreThere() throws IOException {
        List<String> code = Documents.code(Documents.prose(Files.readString(Documents.ARCHITECTURE)));
        List<String> classes = code.stream().filter(CLASS.asMatchPredicate()).toList();
        assertThat(classes).as("classes in the architecture").hasSizeGreaterThan(10).allMatch(DocumentsTest::isThere);
        assertThat(code.stream().filter(ROOM.asMatchPredicate())).as("inner rooms in the architecture").isNotEmpty()
                .allMatch(room -> Files.isRegularFile(MAIN.resolve(room).resolve("package-info.java")));
    }

    private static boolean isThere(String name) {
        int end = name.lastIndexOf('/');
        return Stream.of(MAIN, TEST).map(root -> root.resolve(name.substring(0, end))).filter(Files::isDirectory)
                .anyMatch(room -> holds(room, name.substring(end + 1) + ".java"));
    }

    private static boolean holds(Path room, String file) {
        try (Stream<Path> files = Files.walk(room)) {
            return files.anyMatch(found -> found.getFileName().toString().equals(file));
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void showTheWholeHouse() throws IOException {
        Set<String> rooms = new TreeSet<>();
        try (Stream<Path> folders = Files.list(MAIN)) {
            folders.filter(Files::isDirectory).forEach(room -> rooms.add(room.getFileName().toString()));
        }
        String house = Documents.section(Documents.ARCHITECTURE, "The house");
        Set<String> told = new TreeSet<>();
        Documents.rows(house).forEach(row -> told.addAll(Documents.code(row.get(0))));
        assertThat(told).as("rooms in the table").isEqualTo(rooms);
        String drawing = Documents.blocks(house).getFirst().text();
        assertThat(rooms).as("rooms in the drawing")
                .allMatch(room -> Pattern.compile("(?m)(^| {2,})" + room + "( |$)").matcher(drawing).find());
    }
}
