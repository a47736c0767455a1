package dev.signet.theme;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Renders a page straight into the response, from a controller or a filter alike. */
@Component
public class Pages {

    public void render(Page page, int status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        render(page, status, Wishes.NONE, request, response);
    }

    public void render(Page page, int status, Wishes wishes, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream().write(("<!doctype html><title>" + page.name() + "</title>").getBytes(StandardCharsets.UTF_8));
    }

    /** Gives the language the next page would come out in. */
    public Locale locale(HttpServletRequest request, Wishes wishes) {
        return Locale.ENGLISH;
    }
}
