package dev.proxyherd.tracks.formats;

import java.util.List;
import java.util.Locale;

/**
 * What a column of a CSV file may be, and what exporters call it: lower case, letters and digits only, what is in brackets left
 * out. The more telling name comes first and wins: {@code id} may be a row's number.
 */
enum CsvColumn {
    ID("id", "client", "deviceid", "vehicleid", "mmsi", "uniqueid", "imei", "icao24", "icao", "topic", "clientid",
            "trackerid",
            "taxiid", "busid", "vesselid", "shipid", "unitid", "assetid", "driverid", "userid", "personid",
            "individuallocalidentifier", "taglocalidentifier", "client", "device", "devicetag", "vehicle", "tracker",
            "user",
            "username", "tid", "trackid", "tripid", "callsign", "vesselname", "devicename", "vehiclename", "name",
            "id"),
    LATITUDE("lat", "latitude", "latitude", "lat", "latitudens", "gpslatitude", "gpslat", "locationlat",
            "decimallatitude",
            "latitudee7", "late7"),
    LONGITUDE("lon", "longitude", "longitude", "lon", "lng", "long", "longitudeew", "gpslongitude", "gpslon", "gpslng",
            "locationlong", "locationlon", "decimallongitude", "longitudee7", "lone7", "lnge7"),
    TIME("time", "time", "fixtime", "gpstime", "timestamp", "timestamputc", "datetime", "basedatetime", "datetimeutc",
            "utcdatetime", "gpsdatetime", "tst", "isotst", "timestampms", "timestampmillis", "epoch", "unixtime",
            "unix", "ts",
            "time", "timeutc", "utctime", "utct", "utc", "isotime", "eventdate", "recordedat", "devicetime",
            "createdat",
            "servertime"),
    DATE("date", "date", "date", "utcdate", "dateutc", "utcd", "gpsdate"),
    NORTH_SOUTH("ns", "side of the latitude", "ns", "northsouth", "nsindicator", "latns", "latitudehemisphere",
            "lathemisphere",
            "latdir", "latitudedirection", "latref", "latituderef", "gpslatituderef"),
    EAST_WEST("ew", "side of the longitude", "ew", "eastwest", "ewindicator", "lonew", "longitudehemisphere",
            "lonhemisphere",
            "londir", "lngdir", "longitudedirection", "lonref", "longituderef", "gpslongituderef"),
    VALID("valid", "validity", "valid", "isvalid", "gpsvalid", "fixvalid", "validfix"),
    ZONE("zone", "zone", "timezone", "tz", "utcoffset", "gmtoffset", "timeoffset", "tzoffset", "zoneoffset");

    private final String key;
    private final String word;
    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of, which the type does not tell.
    private final List<String> names;

    CsvColumn(String key, String word, String... names) {
        this.key = key;
        this.word = word;
        this.names = List.of(names);
    }

    /** What {@code --columns} calls it. */
    String key() {
        return key;
    }

    /** What a person calls it. */
    String word() {
        return word;
    }

    /** The plain names that it goes by, the more telling first. */
    List<String> names() {
        return names;
    }

    /** Without what exporters differ in: {@code LATITUDE N/S} is {@code latitudens}, {@code Time (UTC)} is {@code time}. */
    static String plain(String name) {
        return name.replaceAll("\\(.*?\\)|\\[.*?\\]", "").toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{Nd}]", "");
    }
}
