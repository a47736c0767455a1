package dev.signet.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class PagesTests {

    private static final Themes THEMES = new Themes(SampleServer.DEFAULTS, Clock.systemUTC());
    private static final Map<String, Page> SAMPLES = SamplePages.all();

    private final Pages pages = new Pages(THEMES, SampleServer.DEFAULTS, SampleServer.issuer());

    static Iterable<String> states() {
        return SAMPLES.keySet();
    }

    @ParameterizedTest
    @MethodSource("states")
    void everyPageComesOutWithItsNameATitleAndOneHeading(String state) throws Exception {
        Page page = SAMPLES.get(state);
        String html = html(page);

        assertThat(html)
                .contains("<body id=\"page-" + page.name() + "\">")
                .contains("id=\"page-title\"")
                .doesNotContain("th:")
                .doesNotContain("??");
        assertThat(html.split("<h1", -1)).hasSize(2);
        assertThat(html.split("<main", -1)).hasSize(2);
        assertThat(html).containsPattern("<title>[^<]+ · Signet</title>");
    }

    private String html(Page page) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        pages.render(page, 200, new MockHttpServletRequest("GET", "/sample"), response);
        return response.getContentAsString();
    }
}
