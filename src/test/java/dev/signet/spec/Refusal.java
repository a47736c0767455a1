package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;

/** What every refusal of this server looks like, to programs and to people. */
final class Refusal {

    /** Ids that support is told, see the error pages. */
    private static final Pattern REFERENCE = Pattern.compile("\\b[0-9A-Z]{10}\\b");

    private static final Pattern INSIDE =
            Pattern.compile("dev\\.signet|org\\.springframework|org\\.apache|org\\.postgresql"
                    + "|java\\.(lang|util|io|sql)\\.|Exception\\b|\\tat |Tomcat|Hikari|SQLSTATE|oauth_authorization");

    private Refusal() {}

    /** A 4xx with an error id, as JSON or as a page, never kept, that shows nothing of the inside. */
    static Http.Answer assertClean(Http.Answer answer) {
        assertThat(answer.status()).as("status of %s", answer).isBetween(400, 499);
        assertNothingOfTheInside(answer);
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        String type = answer.header("Content-Type").orElse("none");
        if (type.startsWith("application/json")) {
            assertThat(answer.text("error_id")).matches(REFERENCE);
            assertThat(answer.text("error")).isNotEmpty();
        } else {
            assertThat(type).startsWith("text/html");
            assertThat(answer.body()).containsPattern(REFERENCE);
            assertThat(answer.header("Content-Security-Policy")).isPresent();
        }
        return answer;
    }

    static void assertNothingOfTheInside(Http.Answer answer) {
        assertThat(answer.body()).doesNotContainPattern(INSIDE);
        assertThat(answer.headers().map().toString()).doesNotContainPattern(INSIDE);
        assertThat(answer.headers().map().keySet()).doesNotContainAnyElementsOf(Set.of("Server", "X-Powered-By"));
    }

    /** RFC 6749 section 5.2: an error of an endpoint for clients. */
    static Http.Answer assertError(Http.Answer answer, int status, String error) {
        assertThat(answer.status()).as("status of %s", answer).isEqualTo(status);
        assertClean(answer);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.text("error")).as("error of %s", answer).isEqualTo(error);
        assertThat(answer.text("error_description")).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
        return answer;
    }

    static Http.Answer assertInvalidGrant(Http.Answer answer) {
        return assertError(answer, 400, "invalid_grant");
    }
}
