package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What people do at the sign-in pages: two tabs, the back button, a coffee break, a mistake. */
class SignInFlowTests {

    private static final String PASSWORD = "correct horse battery";
    private static final String BENS = "staple umbrella seven";

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);
    private final App legacy = App.legacy(server);
    private final Browser browser = new Browser(server);

    private String subject(App app, Browser at) {
        return app.verified(app.redeem(app.code(at)).text("id_token")).getSubject();
    }

    private String subjectOf(String username, String password) {
        return shop.verified(shop.redeem(shop.code(username, password)).text("id_token"))
                .getSubject();
    }

    private static Map<String, String> fields(Browser at) {
        Map<String, String> fields = new LinkedHashMap<>();
        at.form()
                .select("input[name]:not([type=checkbox])")
                .forEach(input -> fields.put(input.attr("name"), input.val()));
        return fields;
    }

    private void expireFlows() {
        server.database()
                .jdbc()
                .sql("update login_flow set expires_at = created_at - interval '1 s' where spent_at is null")
                .update();
    }

    @Nested
    class WithoutCookies {

        /** Follows redirects and keeps nothing, as a browser does that takes no cookies. */
        private Http.Answer follow(String url) {
            Http.Answer answer = Http.get(url);
            for (int hops = 0; hops < 5 && answer.status() == 303; hops++) {
                answer = Http.get(answer.location().toString());
            }
            return answer;
        }

        @Test
        void aPersonIsToldInsteadOfSentRoundAndRound() {
            for (String start :
                    new String[] {shop.address(shop.request()), server.url("/account"), server.url("/login")}) {
                Http.Answer answer = follow(start);
                Refusal.assertClean(answer);
                assertThat(answer.body()).contains("cookies");
            }
        }
    }

    @Nested
    class SingleSignOn {

        @Test
        void asksOnceForManyApps() {
            browser.open(shop.address(shop.request())).signIn("ada", PASSWORD);
            String atShop = subject(shop, browser);
            browser.open(legacy.address(legacy.request()));
            assertThat(subject(legacy, browser)).isEqualTo(atShop);
            assertThat(browser.cookies().keySet()).containsExactlyInAnyOrder("signet_browser", "signet_session");
        }

        @Test
        void endsForAllAppsAtOnce() {
            browser.open(shop.address(shop.request())).signIn("ada", PASSWORD);
            Http.Answer first = shop.redeem(shop.code(browser));
            browser.open(legacy.address(legacy.request()));
            Http.Answer second = legacy.redeem(legacy.code(browser));
            browser.open(server.issuer() + "/logout?id_token_hint=" + first.text("id_token"));
            assertThat(legacy.refresh(second.text("refresh_token")).text("error"))
                    .isEqualTo("invalid_grant");
            assertThat(browser.open(legacy.address(legacy.request())).pageId()).isEqualTo("page-login");
        }
    }

    @Nested
    class People {

        @Test
        void whoCancelAreBackAtTheApp() {
            Map<String, String> request = shop.request();
            browser.open(shop.address(request)).submit(Map.of(), "cancel");
            assertThat(browser.callbackParameters())
                    .containsEntry("error", "access_denied")
                    .containsEntry("state", request.get("state"));
        }

        @Test
        void whoCancelAConfirmationAreBackAtTheApp() {
            browser.open(shop.address(shop.request())).signIn("ada", PASSWORD);
            browser.open(shop.address(shop.request(Map.of("prompt", "login")))).submit(Map.of(), "cancel");
            assertThat(browser.callbackParameters()).containsEntry("error", "access_denied");
        }

        @Test
        void whoCancelAndGoBackMaySignInAfterAll() {
            browser.open(shop.address(shop.request()));
            String page = browser.address();
            browser.submit(Map.of(), "cancel");
            browser.open(page);
            assertThat(browser.pageId()).isEqualTo("page-login");
            assertThat(browser.signIn("ada", PASSWORD).callbackParameters()).containsKey("code");
        }

        @Test
        void whoMistypeMayTryAgain() {
            browser.open(shop.address(shop.request())).signIn("ada", "wrong");
            assertThat(browser.page().getElementById("form-error")).isNotNull();
            assertThat(browser.page().getElementById("username").val()).isEqualTo("ada");
            assertThat(browser.page().getElementById("password").hasAttr("value"))
                    .isFalse();
            assertThat(browser.signIn("ada", PASSWORD).callbackParameters()).containsKey("code");
        }

        @Test
        void whoUseTwoTabsFinishBoth() {
            Map<String, String> firstRequest = shop.request();
            Map<String, String> secondRequest = legacy.request();
            Browser first = browser.open(shop.address(firstRequest));
            Browser second = browser.tab().open(legacy.address(secondRequest));
            assertThat(first.signIn("ada", PASSWORD).callbackParameters())
                    .containsEntry("state", firstRequest.get("state"));
            assertThat(second.signIn("ada", PASSWORD).callbackParameters())
                    .containsEntry("state", secondRequest.get("state"))
                    .containsKey("code");
            assertThat(legacy.redeem(legacy.code(second)).status()).isEqualTo(200);
        }

        @Test
        void whoReloadASecondTabAfterSigningInNeedNotDoSoAgain() {
            Browser second = browser.tab().open(legacy.address(legacy.request()));
            browser.open(shop.address(shop.request())).signIn("ada", PASSWORD);
            second.open(second.address());
            assertThat(second.callbackParameters()).containsKey("code");
        }

        @Test
        void whoGoBackAfterSigningInAreSentOnAgain() {
            Map<String, String> request = shop.request();
            browser.open(shop.address(request));
            String page = browser.address();
            String first = browser.signIn("ada", PASSWORD).callbackParameters().get("code");
            browser.open(page);
            assertThat(browser.callbackParameters()).containsEntry("state", request.get("state"));
            assertThat(browser.callbackParameters().get("code")).isNotEqualTo(first);
            assertThat(shop.redeem(first).status()).isEqualTo(200);
        }

        @Test
        void whoSubmitTwiceGetACodeThatWorks() {
            browser.open(shop.address(shop.request()));
            Element form = browser.form();
            Map<String, String> typed = Map.of("username", "ada", "password", PASSWORD);
            browser.submit(form, typed, null);
            browser.submit(form, typed, null);
            assertThat(shop.redeem(shop.code(browser)).status()).isEqualTo(200);
        }

        @Test
        void whoseSecondSubmitCarriesNoSessionYetKeepOneSession() {
            browser.open(shop.address(shop.request()));
            Map<String, String> form = fields(browser);
            form.put("username", "ada");
            form.put("password", PASSWORD);
            // The browser drops the answer to the first, cookie and all, since the second is on its way.
            Http.Answer dropped = Http.post(
                    server.issuer() + "/login",
                    form,
                    Map.of("Cookie", "signet_browser=" + browser.cookies().get("signet_browser")));
            assertThat(dropped.status()).isEqualTo(303);
            browser.post(server.issuer() + "/login", form);
            assertThat(shop.redeem(shop.code(browser)).status()).isEqualTo(200);
            assertThat(server.database()
                            .jdbc()
                            .sql("select count(*) from sso_session where browser_id = (select browser_id from"
                                    + " sso_session order by created_at desc limit 1) and ended_at is null")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        }

        @Test
        void whoTakeTooLongStartAfreshWithTheSameTarget() {
            Map<String, String> request = shop.request();
            browser.open(shop.address(request));
            expireFlows();
            browser.signIn("ada", PASSWORD);
            assertThat(browser.pageId()).isEqualTo("page-login");
            assertThat(browser.signIn("ada", PASSWORD).callbackParameters())
                    .containsEntry("state", request.get("state"))
                    .containsKey("code");
        }

        @Test
        void whoReturnToAnOldPageStartAfreshWithTheSameTarget() {
            Map<String, String> request = shop.request();
            browser.open(shop.address(request));
            expireFlows();
            browser.open(browser.address());
            assertThat(browser.pageId()).isEqualTo("page-login");
            assertThat(browser.signIn("ada", PASSWORD).callbackParameters())
                    .containsEntry("state", request.get("state"));
        }

        @Test
        void whoseFlowIsGoneAreToldInWords() {
            browser.open(shop.address(shop.request()));
            server.database().jdbc().sql("delete from login_flow").update();
            browser.open(browser.address());
            assertThat(browser.pageId()).isEqualTo("page-error");
            assertThat(browser.answer().status()).isEqualTo(400);
        }

        @Test
        void whoHaveBookmarkedThePageReachTheirAccount() {
            browser.open(server.issuer() + "/login");
            assertThat(browser.pageId()).isEqualTo("page-login");
            browser.signIn("ada", PASSWORD);
            assertThat(browser.address()).isEqualTo(server.issuer() + "/account");
            assertThat(browser.answer().status()).isEqualTo(200);
        }

        @Test
        void whoSwitchTheLanguageStayInTheirFlow() {
            Map<String, String> request = shop.request();
            browser.open(shop.address(request));
            browser.open(browser.address() + "&lang=fr");
            assertThat(browser.page().selectFirst("html").attr("lang")).isEqualTo("fr");
            assertThat(browser.signIn("ada", PASSWORD).callbackParameters())
                    .containsEntry("state", request.get("state"))
                    .containsKey("code");
        }

        @Test
        void whoSwitchTheLanguageAfterAMistakeStayInTheirFlow() {
            Map<String, String> request = shop.request();
            browser.open(shop.address(request)).signIn("ada", "wrong");
            Element form = browser.page().selectFirst("form:has(#lang)");
            Map<String, String> query = new LinkedHashMap<>();
            form.select("input[name]").forEach(input -> query.put(input.attr("name"), input.val()));
            query.put("lang", "de");
            // A form by GET replaces the query of the address it stands at.
            browser.open(browser.address().split("\\?")[0] + "?" + Http.encode(query));
            assertThat(browser.pageId()).isEqualTo("page-login");
            assertThat(browser.page().selectFirst("html").attr("lang")).isEqualTo("de");
            assertThat(browser.signIn("ada", PASSWORD).callbackParameters())
                    .containsEntry("state", request.get("state"));
        }

        @Test
        void whoSignInWhereAnotherIsSignedInEndThatSession() {
            browser.open(shop.address(shop.request())).signIn("ada", PASSWORD);
            Http.Answer adas = shop.redeem(shop.code(browser));
            String cookie = browser.cookies().get("signet_session");
            browser.open(shop.address(shop.request(Map.of("prompt", "select_account"))))
                    .submit(Map.of(), "other");
            browser.signIn("ben", BENS);
            assertThat(subject(shop, browser)).isEqualTo(subjectOf("ben", BENS));

            assertThat(shop.refresh(adas.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
            Browser adasCookie = new Browser(server);
            adasCookie.cookies().put("signet_session", cookie);
            assertThat(adasCookie.open(shop.address(shop.request())).pageId()).isEqualTo("page-login");
        }

        @Test
        void whoRefuseCookiesAreToldInWords() {
            browser.open(shop.address(shop.request()));
            Element form = browser.form();
            browser.cookies().clear();
            browser.submit(form, Map.of("username", "ada", "password", PASSWORD), null);
            assertThat(browser.pageId()).isEqualTo("page-error");
            assertThat(browser.answer().status()).isEqualTo(400);
        }
    }
}
