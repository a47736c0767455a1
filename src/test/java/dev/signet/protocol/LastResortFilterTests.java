package dev.signet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.site.Issuer;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LastResortFilterTests {

    private final Issuer issuer =
            new Issuer(new MockEnvironment().withProperty("signet.issuer", "https://id.example.com"));
    /** Writing a refusal needs neither audit trail nor pages. */
    private final LastResortFilter filter = new LastResortFilter(new OAuthErrors(null, issuer), null);

    @Test
    void scriptsMayReadARefusalButNothingElseOfTheAnswerBegunStays() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/oauth2/token");
        MockHttpServletResponse response = new MockHttpServletResponse();

        filter.doFilter(request, response, (any, begun) -> {
            response.setHeader("Vary", "Origin");
            response.setHeader("Access-Control-Allow-Origin", "https://spa.example");
            response.setHeader("Set-Cookie", "signet_session=sgn_ss_x");
            throw new DataAccessResourceFailureException("the database is away");
        });

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isNotNull();
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("https://spa.example");
        assertThat(response.getHeader("Vary")).isEqualTo("Origin");
        assertThat(response.getHeader("Set-Cookie")).isNull();
        assertThat(response.getContentAsString()).contains("temporarily_unavailable");
    }
}
