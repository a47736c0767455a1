package dev.signet.protocol;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON answers that nobody may keep (RFC 6749 section 5.1). */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static byte[] bytes(Map<String, ?> members) {
        return MAPPER.writeValueAsBytes(members);
    }

    static void write(int status, Map<String, ?> members, HttpServletResponse response) throws IOException {
        byte[] body = bytes(members);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
