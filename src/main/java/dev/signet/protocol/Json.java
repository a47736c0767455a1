package dev.signet.protocol;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON answers that nobody may keep (RFC 6749 section 5.1). */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static byte[] bytes(Map<String, ?> members) {
        return MAPPER.writeValueAsBytes(members);
    }

    /** A JWT of its own media type, kept by nobody on the way. */
    static void writeJwt(String mediaType, String jwt, HttpServletResponse response) throws IOException {
        write(200, mediaType, jwt.getBytes(StandardCharsets.US_ASCII), response);
    }

    static void write(int status, Map<String, ?> members, HttpServletResponse response) throws IOException {
        write(status, "application/json", bytes(members), response);
    }

    private static void write(int status, String mediaType, byte[] body, HttpServletResponse response)
            throws IOException {
        response.setStatus(status);
        response.setContentType(mediaType);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
