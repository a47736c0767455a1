package dev.signet.protocol;

import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Gives the container's own refusals (no such address, no such method) our form, in place of its error page. */
@Controller
class UnhandledController implements ErrorController {

    private final LastResortFilter lastResort;

    UnhandledController(LastResortFilter lastResort) {
        this.lastResort = lastResort;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Reason reason = switch (status instanceof Integer code ? code : 404) {
            case 404 -> Reason.NOT_FOUND;
            case 405 -> Reason.METHOD_NOT_ALLOWED;
            case 403 -> Reason.FORBIDDEN;
            case 413, 414, 431 -> Reason.REQUEST_TOO_LARGE;
            case 500 -> Reason.SERVER_ERROR;
            case 503 -> Reason.UNAVAILABLE;
            default -> Reason.REQUEST_MALFORMED;
        };
        lastResort.answer(new Refused(reason), request, response);
    }
}
