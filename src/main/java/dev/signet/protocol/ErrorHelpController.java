package dev.signet.protocol;

import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.theme.HelpPage;
import dev.signet.theme.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Explains an error to whoever builds an app: the page that {@code error_uri} names (RFC 6749 section 5.2). Open to
 * everybody; it says nothing about the request that was refused.
 */
@Controller
class ErrorHelpController {

    private final ErrorHelp help;
    private final Pages pages;

    ErrorHelpController(ErrorHelp help, Pages pages) {
        this.help = help;
        this.pages = pages;
    }

    @GetMapping(ErrorHelp.PATH + "{id}")
    void show(@PathVariable("id") String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HelpPage page = help.page(id).orElseThrow(() -> new Refused(Reason.NOT_FOUND));
        pages.render(page, 200, request, response);
    }
}
