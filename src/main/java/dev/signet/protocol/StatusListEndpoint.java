package dev.signet.protocol;

import dev.signet.tokens.PublishedStatusList;
import dev.signet.tokens.StatusLists;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The lists of revoked access tokens (Token Status List sections 8 and 9): {@code /status/…}, open to everybody, as the
 * JWK set is: a list says which of its numbers are revoked, and nothing about whose they are.
 */
@Controller
class StatusListEndpoint {

    static final String PATH = StatusLists.PATH;

    private final StatusLists lists;
    private final StatusListListeners listeners;

    StatusListEndpoint(StatusLists lists, StatusListListeners listeners) {
        this.lists = lists;
        this.listeners = listeners;
    }

    /** All lists that may hold a live token. */
    @GetMapping(PATH)
    void aggregation(HttpServletResponse response) throws IOException {
        byte[] body = Json.bytes(Map.of("status_lists", lists.announced()));
        response.setContentType("application/json");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=60");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @GetMapping(PATH + "/{id}")
    void list(@PathVariable("id") String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<PublishedStatusList> list = lists.find(id);
        if (list.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader(HttpHeaders.ETAG, list.get().etag());
        response.setHeader(
                HttpHeaders.CACHE_CONTROL, "public, max-age=" + list.get().ttl().toSeconds());
        if (list.get().etag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("application/statuslist+jwt");
        response.getOutputStream().print(list.get().jwt());
    }

    /** A nudge for each list that changes, as a stream of server-sent events. */
    @GetMapping(PATH + "/changes")
    SseEmitter changes(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        return listeners.open();
    }
}
