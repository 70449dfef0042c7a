package dev.proxyherd.tracks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.tracks.formats.ColumnNames;
import dev.proxyherd.tracks.read.Tracks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which column of a CSV file is taken for what, and what one column says of another. */
class CsvColumnsTest {
    @TempDir
    private Path dir;

    private Tracks read(String columns, String content) throws IOException {
        Path file = Files.writeString(dir.resolve("log.csv"), content);
        return Tracks.read(List.of(file), columns == null ? ColumnNames.NONE : ColumnNames.parse(columns));
    }

    private static List<String> commands(Tracks tracks) {
        return tracks.points().stream().map(TrackPoint::command).toList();
    }

    private String remarks(Tracks tracks) {
        return String.join("\n", tracks.taken()) + '\n' + String.join("\n", tracks.remarks());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', value = {
        "MMSI,BaseDateTime,LAT,LON,SOG,VesselName,IMO,Status ! 338,2024-01-01T00:00:03,43.6,-70.2,0,PILOT,,0 ! IAMAT 338 +43.6-70.2 1704067203.000000000",
        "mmsi,base_date_time,longitude,latitude ! 338,2024-01-01 00:00:03,-70.2,43.6 ! IAMAT 338 +43.6-70.2 1704067203.000000000",
        "# Timestamp,Type of mobile,MMSI,Latitude,Longitude ! 2024-01-01 00:00:03,Class A,338,43.6,-70.2 ! IAMAT 338 +43.6-70.2 1704067203.000000000",
        "time,lat,lon,provider,timestamp_ms,time_offset,starttimestamp_ms,profile_name ! 2024-01-01T00:00:03.000Z,43.6,-70.2,gps,1704067203000,3600,1,Default ! IAMAT log +43.6-70.2 1704067203.000",
        "timestampMs,latitudeE7,longitudeE7 ! 1704067203000,436000000,-5 ! IAMAT log +43.6000000-0.0000005 1704067203.000",
        "tst,lat,lon,username,device,topic,tid ! 1704067203,43.6,-70.2,jane,phone,owntracks/jane/phone,jp ! IAMAT owntracks/jane/phone +43.6-70.2 1704067203",
        "event-id,timestamp,location-long,location-lat,individual-local-identifier ! 1,2024-01-01 00:00:03.000,-70.2,43.6,Stork 1 ! IAMAT Stork-1 +43.6-70.2 1704067203.000000000",
        "icao24,time,lat,lon,callsign ! 4b1805,1704067203,43.6,-70.2,SWR1 ! IAMAT 4b1805 +43.6-70.2 1704067203",
        "INDEX,TAG,DATE,TIME,LATITUDE N/S,LONGITUDE E/W,HEIGHT ! 1,T,240101,3,43.6S,70.2W,12 ! IAMAT log -43.6-70.2 1704067203.000000000",
        "No,Latitude,Longitude,Date,Time ! 1,43.6,-70.2,2024/01/01,00:00:03 ! IAMAT log +43.6-70.2 1704067203.000000000",
        "bus.position.latitude,bus.position.longitude,bus.id,Time (UTC) ! 43.6\u00b0,-70.2\u00b0,7,2024-01-01 00:00:03 UTC ! IAMAT 7 +43.6-70.2 1704067203.000000000",
        "lat,lon,time,timezone ! 43.6,-70.2,2024-01-01 02:00:03,Europe/Helsinki ! IAMAT log +43.6-70.2 1704067203.000000000",
        "lat,lon,date ! 43.6,-70.2,2024-01-01 00:00:03 +00:00 ! IAMAT log +43.6-70.2 1704067203.000000000",
        "lat,lon,time ! 43.6,-70.2,1704067203000000 ! IAMAT log +43.6-70.2 1704067203.000000"})
    void ofExportersAreKnown(String header, String row, String command) throws IOException {
        assertThat(commands(read(null, header + '\n' + row + '\n'))).containsExactly(command);
    }

    @Test
    void ofGeoLifeHaveNoNames() throws IOException {
        assertThat(commands(read(null, """
                Geolife trajectory
                WGS 84
                Altitude is in Feet
                Reserved 3
                0,2,255,My Track,0,0,2,8421376
                0
                39.906631,116.385564,0,492,39745.1201851852,2008-10-24,02:53:04
                """))).containsExactly("IAMAT log +39.906631+116.385564 1224816784.000000000");
    }

    @Test
    void areNamedInWhicheverLineNamesThem() throws IOException {
        Tracks tracks = read(null, "sep=;\r\nReport: lat, long\r\n\r\nid;lat;lon;time\r\nx;1;2;5\r\n");

        assertThat(commands(tracks)).containsExactly("IAMAT x +1+2 5");
        assertThat(remarks(tracks)).contains("lines before the header, not read: 3",
                "CSV with semicolons: client from id, latitude from lat, longitude from lon, time from time");
    }

    @Nested
    class ThatSaySomethingOfOthers {
        @Test
        void leaveOutWhatIsMarkedInvalid() throws IOException {
            Tracks tracks = read(null, "lat,lon,time,valid\n1,2,5,FALSE\n1,2,6,maybe\n1,2,7,true\n1,2,8,NO FIX\n");

            assertThat(commands(tracks)).containsExactly("IAMAT log +1+2 7");
            assertThat(remarks(tracks)).contains("3 points left out: 2 that the file says are not valid (lines 2, 5); "
                    + "1 with a validity of maybe: that says neither yes nor no (line 3)");
            assertThat(tracks.damaged()).isEqualTo(1);
        }

        @Test
        void leaveOutWhatContradictsThem() throws IOException {
            Tracks tracks = read(null, "lat,N/S,lon,E/W,time\n-1,N,2,E,5\n-1,S,2,E,6\n1,X,2,E,7\n1,S,2,,8\n");

            assertThat(commands(tracks)).containsExactly("IAMAT log -1+2 6");
            assertThat(remarks(tracks))
                    .contains("3 points left out: 1 with a negative latitude whose side is N (line 2); "
                            + "1 with a side of the latitude of X: that is neither N nor S (line 4); ");
        }

        @Test
        void areToldOfUnderNamesThatTellNothing() throws IOException {
            assertThat(remarks(read(null, "lat,a,lon,b,time\n1,S,2,E,5\n")))
                    .contains("not used, though it says N, S, E or W: a, b; ");
            assertThat(commands(read("ns=a,ew=b", "lat,a,lon,b,time\n1,S,2,W,5\n")))
                    .containsExactly("IAMAT log -1-2 5");
        }

        @Test
        void areMissedWhereATimeHasNoDate() {
            assertThatThrownBy(() -> read(null, "lat,lon,time\n1,2,06:00:00\n"))
                    .hasMessageContaining(
                            "1 with a time of 06:00:00: its date is missing; if a column has it, say --columns date=NAME");
        }
    }

    @Nested
    class SaidByHand {
        @Test
        void winOverTheirNames() throws IOException {
            assertThat(commands(read("id=bus,time=seen,lat=y,lon=X",
                    "id,bus,lat,lon,x,y,time,seen\n1,b7,0,0,2,1,0,1704067203\n")))
                    .containsExactly("IAMAT b7 +1+2 1704067203");
        }

        @Test
        void mayBeNumbersWhereThereIsNoHeader() throws IOException {
            assertThat(commands(read("id=1,time=2,lon=3,lat=4",
                    "1,2008-02-02 15:36:08,116.5,39.9\n4,2008-02-02 15:36:09,116.5,39.9\n")))
                    .containsExactly("IAMAT 1 +39.9+116.5 1201966568.000000000",
                            "IAMAT 4 +39.9+116.5 1201966569.000000000");
        }

        @Test
        void thatAreNotThereAreNamedWithTheHeader() {
            assertThatThrownBy(() -> read("id=tram", "bus,lat,lon\nb7,1,2\n"))
                    .hasMessageEndingWith("log.csv: --columns: line 1 names no column tram; it is: bus,lat,lon");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`',
                value = {"tram=x | 'tram=x' names no column", "id | 'id' names no column",
                    "id= | 'id=' names no column", "id=a,id=b | id is given twice"})
        void areChecked(String columns, String message) {
            assertThatThrownBy(() -> ColumnNames.parse(columns)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(message);
        }
    }

    @Nested
    class Rows {
        @Test
        void thatCannotBeReadAreCountedByKind() throws IOException {
            Tracks tracks = read(null,
                    "lat;lon;time\n49,978;8;5\n49,979;8;5\n49;8;\n49;8\n49;8;5;1\nlat;lon;time\n91;8;5\n49;8;6\n");

            assertThat(commands(tracks)).containsExactly("IAMAT log +49+8 6");
            assertThat(remarks(tracks)).contains("7 points left out: "
                    + "2 with a latitude such as 49,978: decimals are written with a point (lines 2, 3); 1 without a time (line 4); "
                    + "1 with fewer columns than the header (line 5); 1 with more columns than the header (line 6); "
                    + "1 that repeat the header (line 7); 1 with a latitude of 91: it ends at 90 (line 8)");
            assertThat(tracks.damaged()).isEqualTo(6);
        }

        @Test
        void thatAStrayQuoteWouldHideAreNotHidden() {
            assertThatThrownBy(() -> read(null, "lat,lon,note\n1,2,\"a\n3,4,b\n5,6,\"c\n"))
                    .hasMessageContaining("in the record that begins in line 2 text follows a quote that ends a field");
        }

        @Test
        void inWhichASpreadsheetHasRoundedATimeOrAClientAreLeftOut() throws IOException {
            Tracks tracks = read(null, "imei,lat,lon,time\n8.66104E+14,1,2,5\n7,1,2,1.70407E+12\n"
                    + "7,1,2,1.7040672E9\n7,1,2,1.704067203000000000e+09\n");

            assertThat(commands(tracks)).containsExactly("IAMAT 7 +1+2 1704067200",
                    "IAMAT 7 +1+2 1704067203.000000000");
            assertThat(remarks(tracks)).contains("1 with a client of 8.66104E+14: a spreadsheet has rounded it; ",
                    "1 with a time of 1.70407E+12: a spreadsheet has rounded it; give the column the format of a whole "
                            + "number and export it again (line 3)");
            assertThat(tracks.damaged()).isEqualTo(2);
        }

        @Test
        void withoutAClientOrWithOneThatIsTooLongAreLeftOut() throws IOException {
            Tracks tracks = read(null, "id,lat,lon,time\n,1,2,5\n" + "x".repeat(901) + ",1,2,5\na,1,2,5\n");

            assertThat(commands(tracks)).containsExactly("IAMAT a +1+2 5");
            assertThat(remarks(tracks)).contains("1 without a client (line 2)", "longer than 900 bytes (line 3)");
        }
    }

    @Nested
    class WhatIsAmbiguous {
        @Test
        void isToldWherePointsOfNobodyJump() throws IOException {
            assertThat(remarks(read(null, "lat,lon,time\n1,2,1704067203\n50,8,1704067204\n1,2,1704067205\n")))
                    .contains("no column names the client, and the points jump (2 times)");
            assertThat(remarks(read(null, "lat,lon,time\n1,2,1704067203\n1.001,2,1704067204\n")))
                    .doesNotContain("jump");
        }

        @Test
        void isToldWherePointsAreAtNoPlaceAtAll() throws IOException {
            assertThat(remarks(read(null, "id,lat,lon,time\na,0.0,0,5\na,43,-70,6\na,0,0,7\n")))
                    .contains(
                            "2 points are at latitude 0 and longitude 0, which some receivers say while they have no fix");
            assertThat(remarks(read(null, "id,lat,lon,time\na,0,0,5\na,0,0,6\n"))).doesNotContain("latitude 0");
        }

        @Test
        void isToldWhereEachPointIsAClient() throws IOException {
            assertThat(remarks(read(null, "id,lat,lon,time\n1,1,2,5\n2,1,2,6\n3,1,2,7\n")))
                    .contains("each point is a client of its own: does id name the points?");
        }

        @Test
        void isToldWhereTimesAreNone() throws IOException {
            assertThat(remarks(read(null, "lat,lon,time\n1,2,0\n1,2,10\n")))
                    .contains("a time of 0 is before all satellite navigation");
        }
    }
}
