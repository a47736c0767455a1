package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.TestDatabase;
import dev.signet.Together;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever reads a dump of the database can do nothing with it: everything in it, tried as everything it might be, opens
 * nothing. And no secret the server has seen or handed out stands in the dump or in the log.
 */
@Tag("race")
class DumpTests {

    private static final String PASSWORD = "correct horse battery";
    private static final String MISTYPED = "my secret typed as a name";

    /** Guessing is what the test does all the time. */
    private static final Map<String, String> NO_LIMITS = Map.of(
            "signet.protection.sign-in-account.attempts", "100000",
            "signet.protection.sign-in-known-device.attempts", "100000",
            "signet.protection.sign-in-address.attempts", "100000",
            "signet.protection.flow-opened.attempts", "100000",
            "signet.protection.client-secret-check.attempts", "100000",
            "signet.protection.sign-in-account.per", "1m",
            "signet.protection.sign-in-known-device.per", "1m",
            "signet.protection.sign-in-address.per", "1m",
            "signet.protection.flow-opened.per", "1m",
            "signet.protection.client-secret-check.per", "1m");

    @TempDir
    private static Path directory;

    private static ServerProcess process;
    private static SignetServer server;
    private static App shop;
    private static Dump dump;

    /** Secrets by what they are; those of the living open something until the end of the tests. */
    private static final Map<String, String> SECRETS = new LinkedHashMap<>();

    private static Browser signedIn;
    private static Browser signingIn;

    @BeforeAll
    static void run() {
        Map<String, String> settings = new LinkedHashMap<>(NO_LIMITS);
        settings.put("logging.file.name", directory.resolve("signet.log").toString());
        settings.put("logging.level.dev.signet", "trace");
        process = ServerProcess.start(TestDatabase.create(), directory, null, settings);
        server = process.ready();
        shop = App.shop(server);
        App forum = App.forum(server);

        SECRETS.put("password", PASSWORD);
        SECRETS.put("password typed as name", MISTYPED);
        SECRETS.put("client secret", shop.secret());
        SECRETS.put("code verifier", App.VERIFIER);
        Matcher link = Pattern.compile("/setup\\?token=(sgn_ln_[A-Za-z0-9_-]+)").matcher(process.output());
        assertThat(link.find()).isTrue();
        SECRETS.put("set-up link", link.group(1));

        signedIn = new Browser(server).open(shop.address(shop.request()));
        SECRETS.put(
                "spent flow", Http.decode(signedIn.address().split("\\?")[1]).get("flow"));
        signedIn.signIn(MISTYPED, "wrong " + PASSWORD).signIn("ada", PASSWORD);
        SECRETS.put("spent code", shop.code(signedIn));
        keep("first", shop.redeem(SECRETS.get("spent code")));
        keep("refreshed", shop.refresh(SECRETS.get("first refresh_token")));
        SECRETS.put("code", shop.code(signedIn.open(shop.address(shop.request()))));
        signedIn.open(forum.address(forum.request())).submit(Map.of(), "allow");
        keep("forum", forum.redeem(forum.code(signedIn)));
        keep("robot", App.robot(server).token(Map.of("grant_type", "client_credentials")));
        Http.Answer revoked = shop.tokens();
        keep("revoked", revoked);
        assertThat(shop.revoke(revoked.text("refresh_token")).status()).isEqualTo(200);
        SECRETS.put("session cookie", signedIn.cookies().get("signet_session"));
        SECRETS.put("browser cookie", signedIn.cookies().get("signet_browser"));
        signingIn = new Browser(server).open(shop.address(shop.request()));
        SECRETS.put("flow", Http.decode(signingIn.address().split("\\?")[1]).get("flow"));
        SECRETS.put(
                "form token", signingIn.page().selectFirst("input[name=csrf]").attr("value"));

        dump = Dump.of(server.database().jdbc());
    }

    private static void keep(String name, Http.Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        for (String member : List.of("access_token", "refresh_token", "id_token")) {
            if (answer.json().has(member)) {
                SECRETS.put(name + " " + member, answer.text(member));
            }
        }
    }

    @AfterAll
    static void stop() {
        process.close();
        assertThat(process.output()).as("whatever was tried").doesNotContain("Answered 500");
    }

    @Test
    void theDumpIsOfARunThatLeftSomethingBehind() {
        assertThat(dump.texts()).contains("ada@example.com", "shop", "https://shop.example/cb");
        assertThat(dump.texts()).anyMatch(text -> text.startsWith("$argon2id$"));
        assertThat(dump.bytes()).hasSizeGreaterThan(20);
        assertThat(dump.holds("ada@example".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
    }

    @Test
    void noSecretStandsInTheDump() throws IOException {
        SECRETS.forEach((name, secret) -> {
            assertThat(dump.holds(secret.getBytes(StandardCharsets.UTF_8)))
                    .as(name)
                    .isFalse();
            kernels(secret)
                    .forEach(kernel -> assertThat(dump.holds(kernel)).as(name).isFalse());
        });
        String masterKey = Files.readString(directory.resolve("master.key")).strip();
        assertThat(dump.holds(Base64.getUrlDecoder().decode(masterKey))).isFalse();
    }

    @Test
    void noSecretStandsInTheLog() throws IOException {
        String log = Files.readString(directory.resolve("signet.log"));
        String printed = process.output();
        assertThat(log).contains("signet.request");
        SECRETS.forEach((name, secret) -> {
            assertThat(log).as(name).doesNotContain(secret);
            if (name.equals("set-up link")) {
                assertThat(printed.indexOf(secret)).isPositive().isEqualTo(printed.lastIndexOf(secret));
            } else {
                assertThat(printed).as(name).doesNotContain(secret);
            }
        });
        assertThat(log)
                .doesNotContain(
                        Files.readString(directory.resolve("master.key")).strip());
    }

    /** What is secret in a handle (its random bits and its MAC) or a JWT (its signature); its other parts name a row. */
    private static List<byte[]> kernels(String secret) {
        if (secret.startsWith("sgn_")) {
            byte[] body = Base64.getUrlDecoder().decode(secret.substring(7));
            return List.of(Arrays.copyOfRange(body, 24, 56), Arrays.copyOfRange(body, 56, body.length));
        }
        String[] parts = secret.split("\\.");
        return parts.length == 3 ? List.of(Base64.getUrlDecoder().decode(parts[2])) : List.of();
    }

    private interface Attempt {
        /** Whether it got in. */
        boolean opens(String candidate) throws Exception;
    }

    @Test
    void nothingInTheDumpIsAToken() throws Exception {
        Set<String> all = dump.spelled();
        all.addAll(dump.asHandles());
        nothingOpens(all, "code", candidate -> shop.redeem(candidate).status() == 200);
        nothingOpens(all, "refresh token", candidate -> shop.refresh(candidate).status() == 200);
        nothingOpens(
                all,
                "token",
                candidate -> shop.introspect(candidate).json().path("active").asBoolean());
        nothingOpens(
                all,
                "access token",
                candidate -> Http.post(server.url("/userinfo"), Map.of("access_token", candidate), Map.of())
                                .status()
                        == 200);
        assertThat(shop.introspect(SECRETS.get("refreshed refresh_token"))
                        .json()
                        .path("active")
                        .asBoolean())
                .as("what was handed out still works")
                .isTrue();
        assertThat(Http.post(
                                server.url("/userinfo"),
                                Map.of("access_token", SECRETS.get("refreshed access_token")),
                                Map.of())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void nothingInTheDumpIsACookieAFlowOrALink() throws Exception {
        Set<String> all = dump.spelled();
        all.addAll(dump.asHandles());
        String browser = "signet_browser=" + SECRETS.get("browser cookie");
        Attempt session = candidate ->
                Http.get(server.url("/account"), Map.of("Cookie", browser + "; signet_session=" + candidate))
                                .status()
                        == 200;
        Attempt ownFlow = candidate -> isSignInPage(Http.get(
                server.url("/login?flow=" + Http.encode(candidate)),
                Map.of("Cookie", "signet_browser=" + signingIn.cookies().get("signet_browser"))));
        Attempt browserCookie = candidate -> isSignInPage(Http.get(
                server.url("/login?flow=" + SECRETS.get("flow")), Map.of("Cookie", "signet_browser=" + candidate)));
        Attempt link = candidate ->
                Http.get(server.url("/setup?token=" + Http.encode(candidate))).status() == 200;
        Set<String> cookies = dump.spelled();
        cookies.addAll(dump.asHandles());
        cookies.removeIf(candidate -> !candidate.matches("[!#-+./-:<-\\[\\]-~-]+"));

        nothingOpens(cookies, "session cookie", session);
        nothingOpens(cookies, "browser cookie", browserCookie);
        nothingOpens(all, "flow", ownFlow);
        nothingOpens(all, "set-up link", link);

        assertThat(session.opens(SECRETS.get("session cookie")))
                .as("what was handed out still works")
                .isTrue();
        assertThat(browserCookie.opens(signingIn.cookies().get("signet_browser")))
                .isTrue();
        assertThat(ownFlow.opens(SECRETS.get("flow"))).isTrue();
        assertThat(link.opens(SECRETS.get("set-up link"))).isTrue();
    }

    @Test
    void nothingInTheDumpIsAPasswordOrAClientSecret() throws Exception {
        Map<String, String> form = new LinkedHashMap<>();
        for (Element input : signingIn.page().select("main form[method=post] input[type=hidden]")) {
            form.put(input.attr("name"), input.attr("value"));
        }
        Attempt password = candidate -> {
            Map<String, String> typed = new LinkedHashMap<>(form);
            typed.put("username", "ada");
            typed.put("password", candidate);
            Http.Answer answer = Http.post(
                    server.url("/login"),
                    typed,
                    Map.of(
                            "Cookie",
                            "signet_browser=" + signingIn.cookies().get("signet_browser"),
                            "Origin",
                            server.issuer()));
            return answer.headers().allValues("Set-Cookie").stream().anyMatch(c -> c.startsWith("signet_session"));
        };
        Attempt secret = candidate -> Http.post(
                                server.url("/oauth2/introspect"),
                                Map.of("token", "x"),
                                Map.of("Authorization", Http.basic("shop", candidate)))
                        .status()
                == 200;
        // Each try costs a slow hash; what is shorter than any password and secret may be is left out.
        Set<String> all = dump.spelled();
        all.removeIf(candidate -> candidate.length() < 8 || candidate.matches("[0-9: .+-]*"));

        nothingOpens(all, "password", password);
        nothingOpens(all, "client secret", secret);

        assertThat(password.opens(PASSWORD)).as("the right one still works").isTrue();
        assertThat(secret.opens(shop.secret())).isTrue();
    }

    private static void nothingOpens(Set<String> candidates, String as, Attempt attempt) throws Exception {
        ConcurrentLinkedQueue<String> left = new ConcurrentLinkedQueue<>(candidates);
        List<List<String>> opened = Together.run(4, () -> {
            List<String> in = new ArrayList<>();
            for (String candidate = left.poll(); candidate != null; candidate = left.poll()) {
                if (attempt.opens(candidate)) {
                    in.add(candidate);
                }
            }
            return in;
        });
        assertThat(opened.stream().flatMap(List::stream)).as(as).isEmpty();
    }

    private static boolean isSignInPage(Http.Answer answer) {
        return answer.status() == 200 && answer.body().contains("id=\"page-login\"");
    }
}
