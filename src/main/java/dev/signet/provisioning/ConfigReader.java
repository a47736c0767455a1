package dev.signet.provisioning;

import dev.signet.clients.ApiMetadata;
import dev.signet.clients.ClaimMapping;
import dev.signet.clients.ClaimMappings;
import dev.signet.clients.ClientMetadata;
import dev.signet.clients.MetadataProblem;
import dev.signet.clients.Scope;
import dev.signet.clients.Scopes;
import dev.signet.crypto.SecretValue;
import dev.signet.provisioning.Config.Place;
import dev.signet.provisioning.Config.WantedApi;
import dev.signet.provisioning.Config.WantedClient;
import dev.signet.provisioning.Config.WantedScope;
import dev.signet.provisioning.Config.WantedUser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads configuration files (YAML) into a {@link Config}, or says everything that is wrong with them.
 *
 * <p>The document is only ever composed into nodes: no object is made from it, whatever tags it bears.
 */
final class ConfigReader {

    /** Shortest secret that somebody may choose for a client in production, and on a trial. */
    private static final int SHORTEST_SECRET = 16;

    private static final int SHORTEST_ON_TRIAL = 8;

    private static final int LARGEST_DOCUMENT = 20 * 1024 * 1024;
    private static final List<String> SECTIONS = List.of("scopes", "apis", "clients", "users");
    private static final List<String> SCOPE_KEYS = List.of("name", "description", "claims");
    private static final String SECRET = "client_secret";
    private static final Pattern SCOPE_NAME = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}");

    private final SecretReferences references;
    private final UserReader userReader;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<WantedScope> scopes = new ArrayList<>();
    private final List<WantedApi> apis = new ArrayList<>();
    private final List<WantedClient> clients = new ArrayList<>();
    private final List<WantedUser> users = new ArrayList<>();
    private final Map<String, Place> seen = new HashMap<>();

    private ConfigReader(SecretReferences references) {
        this.references = references;
        this.userReader = new UserReader(references, problems);
    }

    /** @throws ConfigRefused with all problems of all files */
    static Config read(List<ConfigFile> files, SecretReferences references) {
        ConfigReader reader = new ConfigReader(references);
        files.forEach(reader::readFile);
        if (!reader.problems.isEmpty()) {
            throw new ConfigRefused(reader.problems);
        }
        return new Config(reader.scopes, reader.apis, reader.clients, reader.users);
    }

    private void readFile(ConfigFile file) {
        Node root = compose(file);
        YamlMap document = root == null ? null : YamlMap.of(file.name(), root, "the document", problems);
        if (document == null) {
            return;
        }
        document.refuseKeysBut(SECTIONS);
        document.maps("scopes").forEach(this::readScope);
        document.maps("apis").forEach(this::readApi);
        document.maps("clients").forEach(map -> readClient(file, map));
        for (YamlMap map : document.maps("users")) {
            WantedUser user = userReader.read(file, map);
            if (user != null && once("user", user.user().username(), user.place())) {
                users.add(user);
            }
        }
    }

    private @Nullable Node compose(ConfigFile file) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_DOCUMENT);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        try {
            return new Yaml(options).compose(new StringReader(file.text()));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(new ConfigProblem(
                    file.name(),
                    line,
                    "is not well-formed YAML: " + e.getProblem(),
                    "correct the line or the one above"));
        } catch (YAMLException e) {
            problems.add(new ConfigProblem(file.name(), 0, "is not YAML: " + e.getMessage(), "write it as UTF-8 YAML"));
        }
        return null;
    }

    private void readScope(YamlMap map) {
        map.refuseKeysBut(SCOPE_KEYS);
        String name = map.text("name");
        String description = map.text("description");
        if (name == null || !SCOPE_NAME.matcher(name).matches()) {
            problems.add(map.place("name").problem("the scope has no usable name", "name: a word such as api:read"));
        } else if (Scopes.isBuiltIn(name)) {
            problems.add(map.place("name").problem("the scope " + name + " is a standard one", "choose another name"));
        } else if (description == null || description.isBlank() || description.length() > 300) {
            problems.add(map.place("description")
                    .problem(
                            "the scope " + name + " has no description of up to 300 characters",
                            "description: what people allow by it, as the consent page shows it"));
        } else if (once("scope", name, map.place())) {
            List<MetadataProblem> found = new ArrayList<>();
            List<ClaimMapping> claims = ClaimMappings.read(map.plainBut(List.of("name", "description")), found);
            note(found, map);
            Set<String> names = claims.stream().map(ClaimMapping::claim).collect(Collectors.toSet());
            scopes.add(new WantedScope(map.place(), new Scope(name, description, names, claims)));
        }
    }

    private void readApi(YamlMap map) {
        switch (ApiMetadata.check(map.plainBut(List.of()), Provisioning.SOURCE)) {
            case ApiMetadata.Result.Refused refused -> note(refused.problems(), map);
            case ApiMetadata.Result.Accepted accepted -> {
                if (once("API", accepted.api().identifier(), map.place())) {
                    apis.add(new WantedApi(
                            map.place(), map.place("scopes"), map.place("introspection_clients"), accepted.api()));
                }
            }
        }
    }

    private void note(List<MetadataProblem> found, YamlMap map) {
        for (MetadataProblem problem : found) {
            problems.add(map.place(problem.field())
                    .problem("\"" + problem.field() + "\" " + problem.reason(), problem.fix()));
        }
    }

    private void readClient(ConfigFile file, YamlMap map) {
        SecretValue secret = secret(file, map);
        boolean confidential = map.has(SECRET);
        switch (ClientMetadata.check(map.plainBut(List.of(SECRET)), confidential, Provisioning.SOURCE)) {
            case ClientMetadata.Result.Refused refused -> note(refused.problems(), map);
            case ClientMetadata.Result.Accepted accepted -> {
                if (!confidential && !accepted.client().isPublic()) {
                    problems.add(map.place()
                            .problem(
                                    "the client " + accepted.client().clientId() + " has no client_secret",
                                    "client_secret: ${env:NAME}, or kind spa or native for a client without one"));
                } else if (once("client", accepted.client().clientId(), map.place())) {
                    clients.add(new WantedClient(map.place(), map.place("scope"), accepted.client(), secret));
                }
            }
        }
    }

    private @Nullable SecretValue secret(ConfigFile file, YamlMap map) {
        String text = map.text(SECRET);
        if (text == null) {
            return null;
        }
        Place place = map.place(SECRET);
        SecretValue secret = references.resolve(text, file, place, problems);
        if (secret != null && unusable(secret.reveal())) {
            problems.add(place.problem(
                    "the secret is too short or has unusual characters",
                    "use " + shortest() + " to 200 visible ASCII characters; openssl rand -hex 32 makes a good one"));
        }
        return secret;
    }

    private int shortest() {
        return references.literalsAllowed() ? SHORTEST_ON_TRIAL : SHORTEST_SECRET;
    }

    private boolean unusable(String secret) {
        return secret.length() < shortest()
                || secret.length() > 200
                || secret.chars().anyMatch(c -> c < 0x21 || c > 0x7E);
    }

    private boolean once(String what, String name, Place place) {
        Place before = seen.putIfAbsent(what + " " + name, place);
        if (before != null) {
            problems.add(place.problem(
                    "the " + what + " " + name + " stands there twice, first in " + before.file() + ", line "
                            + before.line(),
                    "remove one of the two"));
        }
        return before == null;
    }
}
