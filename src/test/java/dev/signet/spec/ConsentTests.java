package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consent (OpenID Connect Core section 3.1.2.4): asked, remembered, narrowed, refused, never given by another. */
class ConsentTests {

    private static final String PASSWORD = "correct horse battery";

    private final SignetServer server = SignetServer.shared();
    private final App forum = App.forum(server);
    private final App everything = forum.withScope("openid profile email address phone");
    private final Browser browser = new Browser(server);

    @BeforeEach
    @AfterEach
    void forgetConsents() {
        server.database().jdbc().sql("delete from consent").update();
    }

    private Browser asked(App app) {
        browser.open(app.address(app.request()));
        if (browser.pageId().equals("page-login")) {
            browser.signIn("ada", PASSWORD);
        }
        assertThat(browser.pageId()).isEqualTo("page-consent");
        return browser;
    }

    private void uncheck(Element form, String scope) {
        form.selectFirst("input[name=scope][type=checkbox][value=" + scope + "]")
                .removeAttr("checked");
    }

    @Test
    void anAppIsAllowedOnce() {
        asked(forum).allow();
        assertThat(forum.redeem(forum.code(browser)).status()).isEqualTo(200);
        browser.open(forum.address(forum.request()));
        assertThat(browser.callbackParameters()).containsKey("code");
        browser.open(forum.address(forum.request(Map.of("prompt", "none"))));
        assertThat(browser.callbackParameters()).containsKey("code");
    }

    @Test
    void claimsAskedForOneByOneAreAllowedLikeTheScopesThatHoldThem() throws Exception {
        App plain = forum.withScope("openid");
        Map<String, String> claims = Map.of(
                "claims", "{\"id_token\":{\"email\":null},\"userinfo\":{\"phone_number\":{\"essential\":true}}}");
        asked(plain).allow().callback();
        browser.open(plain.address(plain.request()));
        assertThat(browser.callbackParameters()).containsKey("code");

        browser.open(plain.address(plain.request(claims)));
        assertThat(browser.pageId()).isEqualTo("page-consent");
        assertThat(browser.page().select("#consent-scopes input[name=scope]").eachAttr("value"))
                .containsExactlyInAnyOrder("email", "phone");
        Element form = browser.form();
        uncheck(form, "phone");
        browser.submit(form, Map.of(), "allow");

        Http.Answer tokens = plain.redeem(plain.code(browser));
        assertThat(tokens.text("scope")).isEqualTo("openid");
        assertThat(plain.verified(tokens.text("id_token")).getStringClaim("email"))
                .isEqualTo("ada@example.com");
        assertThat(plain.userInfo(tokens.text("access_token")).json().has("phone_number"))
                .isFalse();
    }

    @Test
    void noClaimIsGivenToAnAppThatMayNotAskForTheScopeThatHoldsIt() throws Exception {
        App legacy = App.legacy(server);
        Map<String, String> claims = Map.of(
                "claims",
                "{\"id_token\":{\"phone_number\":null,\"name\":null},\"userinfo\":{\"address\":null,\"email\":null}}");
        browser.open(legacy.address(legacy.request(claims))).signIn("ada", PASSWORD);

        Http.Answer tokens = legacy.redeem(legacy.code(browser));

        assertThat(legacy.verified(tokens.text("id_token")).getClaims())
                .containsKey("name")
                .doesNotContainKey("phone_number");
        assertThat(legacy.userInfo(tokens.text("access_token")).json().propertyNames())
                .contains("email")
                .doesNotContain("address");
    }

    @Test
    void anAppThatAsksForMoreAsksAgain() {
        asked(forum).allow().callback();
        asked(everything);
        assertThat(browser.open(everything.address(everything.request(Map.of("prompt", "none"))))
                        .callbackParameters())
                .containsEntry("error", "consent_required");
        asked(everything).allow();
        assertThat(everything.redeem(everything.code(browser)).text("scope").split(" "))
                .containsExactlyInAnyOrder("openid", "profile", "email", "address", "phone");
    }

    @Test
    void aPersonMayLeaveOutWhatIsOptional() {
        asked(everything);
        Element form = browser.form();
        uncheck(form, "phone");
        Http.Answer tokens = everything.redeem(everything.code(browser.submit(form, Map.of(), "allow")));
        assertThat(tokens.text("scope").split(" ")).containsExactlyInAnyOrder("openid", "profile", "email", "address");
        assertThat(everything.userInfo(tokens.text("access_token")).json().propertyNames())
                .contains("address")
                .doesNotContain("phone_number");
    }

    @Test
    void whatWasLeftOutIsRememberedUntilThePersonIsAskedAgain() {
        asked(everything);
        Element form = browser.form();
        uncheck(form, "phone");
        browser.submit(form, Map.of(), "allow").callback();
        browser.open(everything.address(everything.request(Map.of("prompt", "none"))));
        assertThat(scope()).containsExactlyInAnyOrder("openid", "profile", "email", "address");

        browser.open(everything.address(everything.request(Map.of("prompt", "consent"))));
        assertThat(browser.form().selectFirst("input[value=phone]").hasAttr("checked"))
                .isFalse();
        assertThat(browser.form().selectFirst("input[value=address]").hasAttr("checked"))
                .isTrue();
        Element again = browser.form();
        again.selectFirst("input[value=phone]").attr("checked", "checked");
        browser.submit(again, Map.of(), "allow");
        assertThat(scope()).contains("phone");
        browser.open(everything.address(everything.request(Map.of("prompt", "none"))));
        assertThat(scope()).contains("phone");
    }

    @Test
    void whatIsTakenBackIsNotGivenAgain() {
        asked(everything).allow().callback();
        browser.open(everything.address(everything.request(Map.of("prompt", "consent"))));
        Element form = browser.form();
        uncheck(form, "address");
        browser.submit(form, Map.of(), "allow");
        assertThat(scope()).doesNotContain("address");
        browser.open(everything.address(everything.request()));
        assertThat(scope()).contains("phone").doesNotContain("address");
    }

    private String[] scope() {
        return everything.redeem(everything.code(browser)).text("scope").split(" ");
    }

    @Test
    void aFormCannotAddWhatTheAppDidNotAskFor() {
        asked(forum);
        Element form = browser.form();
        form.appendElement("input").attr("type", "hidden").attr("name", "scope").attr("value", "offline_access");
        form.appendElement("input").attr("type", "hidden").attr("name", "scope").attr("value", "phone");
        Http.Answer tokens = forum.redeem(forum.code(browser.submit(form, Map.of(), "allow")));
        assertThat(tokens.text("scope").split(" ")).containsExactlyInAnyOrder("openid", "profile", "email");
    }

    @Test
    void aPersonWhoRefusesIsBackAtTheAppAndAskedAgainNextTime() {
        asked(forum).submit(Map.of(), "cancel");
        assertThat(browser.callbackParameters())
                .containsEntry("error", "access_denied")
                .doesNotContainKey("code");
        asked(forum);
    }

    @Test
    void aRefusalTakesNothingAwayThatWasAllowedBefore() {
        asked(forum).allow().callback();
        browser.open(forum.address(forum.request(Map.of("prompt", "consent")))).submit(Map.of(), "cancel");
        assertThat(browser.callbackParameters()).containsEntry("error", "access_denied");
        browser.open(forum.address(forum.request()));
        assertThat(browser.callbackParameters()).containsKey("code");
    }

    @Test
    void promptConsentAsksAgain() {
        asked(forum).allow().callback();
        browser.open(forum.address(forum.request(Map.of("prompt", "consent"))));
        assertThat(browser.pageId()).isEqualTo("page-consent");
    }

    @Test
    void whatOnePersonAllowsIsNotAllowedByAnother() {
        asked(forum).allow().callback();
        Browser bens = new Browser(server).open(forum.address(forum.request()));
        assertThat(bens.signIn("ben", "staple umbrella seven").pageId()).isEqualTo("page-consent");
    }

    @Test
    void whatOneAppMayAnotherMayNot() {
        asked(forum).allow().callback();
        App certified = App.certified(server);
        assertThat(browser.open(certified.address(certified.request())).pageId())
                .isEqualTo("page-consent");
    }

    @Test
    void aPageShownToOnePersonIsNotAnsweredByAnother() {
        Element adasPage = asked(forum).form();
        Browser otherTab = browser.tab()
                .open(forum.address(forum.request(Map.of("prompt", "select_account"))))
                .submit(Map.of(), "other");
        otherTab.signIn("ben", "staple umbrella seven");
        assertThat(otherTab.pageId()).isEqualTo("page-consent");

        browser.submit(adasPage, Map.of(), "allow");
        assertThat(browser.pageId()).isEqualTo("page-consent");
        assertThat(browser.page().text()).contains("ben@example.com");
        assertThat(server.database()
                        .jdbc()
                        .sql("select count(*) from consent")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void thePageCannotBeAnsweredWithoutBeingSignedIn() {
        Element form = asked(forum).form();
        browser.cookies().remove("signet_session");
        browser.submit(form, Map.of(), "allow");
        assertThat(browser.pageId()).isEqualTo("page-login");
    }

    @Test
    void aSecondSubmitGivesACodeThatWorks() {
        Element form = asked(forum).form();
        browser.submit(form, Map.of(), "allow").callback();
        browser.submit(form, Map.of(), "allow");
        assertThat(forum.redeem(forum.code(browser)).status()).isEqualTo(200);
    }

    @Test
    void notYouLeadsToAnotherAccountForTheSameApp() {
        asked(forum);
        String notYou = browser.page().selectFirst("main a[href*=login]").absUrl("href");
        browser.open(notYou);
        assertThat(browser.pageId()).isEqualTo("page-login");
        browser.signIn("ben", "staple umbrella seven");
        assertThat(browser.pageId()).isEqualTo("page-consent");
        assertThat(browser.page().text()).contains("ben@example.com");
    }
}
