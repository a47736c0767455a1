package dev.signet.protocol;

import dev.signet.refusals.Reason;
import dev.signet.site.Issuer;
import dev.signet.theme.HelpPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The pages of {@code docs/errors}, one for each {@link Reason}; packed into the jar, each read when first asked for. */
@Component
class ErrorHelp {

    /** Where they are served; {@code error_uri} (RFC 6749 section 5.2) is made of it. */
    static final String PATH = "/errors/";

    private static final Map<String, Reason> BY_ID =
            Arrays.stream(Reason.values()).collect(Collectors.toUnmodifiableMap(Reason::id, Function.identity()));

    private final Map<Reason, HelpPage> pages = new ConcurrentHashMap<>();
    private final HelpText text;

    ErrorHelp(Issuer issuer) {
        this.text = new HelpText(issuer.url(PATH));
    }

    /** The page of an error; empty where no error has this id. */
    Optional<HelpPage> page(String id) {
        return Optional.ofNullable(BY_ID.get(id)).map(reason -> pages.computeIfAbsent(reason, this::read));
    }

    private HelpPage read(Reason reason) {
        String file = "/errors/" + reason.id() + ".md";
        try (InputStream in = ErrorHelp.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("There is no page " + file);
            }
            return text.read(reason.id(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalStateException("The page " + file + " " + unusable.getMessage(), unusable);
        }
    }
}
