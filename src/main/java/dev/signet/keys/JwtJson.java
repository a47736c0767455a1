package dev.signet.keys;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** The JSON of JWTs: instants are NumericDates (RFC 7519 section 2), a member named twice is refused (section 4). */
final class JwtJson {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(new SimpleModule("NumericDate")
                    .addSerializer(new InstantAsNumericDate())
                    .addSerializer(new DateAsNumericDate()))
            .build();

    private JwtJson() {}

    static byte[] write(Map<String, Object> members) {
        return MAPPER.writeValueAsBytes(members);
    }

    /** The members, if the bytes are one JSON object and nothing else. */
    static Optional<Map<String, Object>> read(byte[] json) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, OBJECT));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static final class InstantAsNumericDate extends StdSerializer<Instant> {

        InstantAsNumericDate() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator json, SerializationContext context) {
            json.writeNumber(instant.getEpochSecond());
        }
    }

    /** The protocol engine still hands over {@link Date}s. */
    private static final class DateAsNumericDate extends StdSerializer<Date> {

        DateAsNumericDate() {
            super(Date.class);
        }

        @Override
        public void serialize(Date date, JsonGenerator json, SerializationContext context) {
            json.writeNumber(Math.floorDiv(date.getTime(), 1000L));
        }
    }
}
