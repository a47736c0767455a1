package dev.signet.theme;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A theme's {@code theme.yml}. Whatever it gets wrong is reported with its line and left out; the rest counts.
 *
 * @param parent name of the theme it extends
 * @param title the operator's name
 * @param logo path of the logo below {@code static/}, at most 160 × 40 px as shown
 * @param favicon path of the tab's icon below {@code static/}
 * @param links addresses by {@code help}, {@code privacy}, {@code terms}
 * @param locales languages to offer; all the theme has if empty
 * @param imgOrigins other origins pictures may come from
 * @param fontOrigins other origins fonts may come from
 * @param tokens colours and sizes for both schemes, by name without the leading dashes
 * @param darkTokens those for the dark scheme alone
 * @param scripts modules below {@code static/} to add to gate pages
 */
record ThemeManifest(
        @Nullable String parent,
        @Nullable String title,
        @Nullable String logo,
        @Nullable String favicon,
        Map<String, String> links,
        List<String> locales,
        List<String> imgOrigins,
        List<String> fontOrigins,
        Map<String, String> tokens,
        Map<String, String> darkTokens,
        List<String> scripts) {

    static final ThemeManifest EMPTY = new ThemeManifest(
            null, null, null, null, Map.of(), List.of(), List.of(), List.of(), Map.of(), Map.of(), List.of());

    private static final String CONTRACT = "1";
    private static final Pattern ORIGIN = Pattern.compile("https://[a-z0-9.-]+(:\\d{1,5})?");
    private static final Pattern TOKEN = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern TOKEN_VALUE = Pattern.compile("[^;{}<>\\\\]{1,200}");
    private static final Pattern WEB = Pattern.compile("https?://\\S+", Pattern.CASE_INSENSITIVE);
    private static final Set<String> LINKS = Set.of("help", "privacy", "terms");

    static ThemeManifest read(ThemeFile file, List<ThemeProblem> problems) {
        Node root;
        try {
            root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(file.text()));
        } catch (MarkedYAMLException broken) {
            int line = broken.getProblemMark() == null
                    ? 0
                    : broken.getProblemMark().getLine() + 1;
            problems.add(new ThemeProblem(file.origin(), line, "is not YAML: " + broken.getProblem()));
            return EMPTY;
        }
        if (root == null) {
            return EMPTY;
        }
        return new Reader(file, problems).read(root);
    }

    /** Walks the tree, so that every complaint can name its line. */
    private record Reader(ThemeFile file, List<ThemeProblem> problems) {

        ThemeManifest read(Node root) {
            Map<String, Node> top = map(root);
            String contract = scalar(top.remove("contract"));
            if (contract != null && !contract.equals(CONTRACT)) {
                problem(root, "is written for contract " + contract + "; this server speaks contract " + CONTRACT);
            }
            top.remove("name");
            String parent = scalar(top.remove("extends"));
            String title = scalar(top.remove("title"));
            String logo = staticPath(top.remove("logo"));
            String favicon = staticPath(top.remove("favicon"));
            Map<String, String> links = links(top.remove("links"));
            List<String> locales = list(top.remove("locales"));
            Map<String, Node> csp = map(top.remove("csp"));
            List<String> img = origins(csp.remove("img"));
            List<String> font = origins(csp.remove("font"));
            csp.forEach((key, node) -> problem(node, "csp knows img and font only, not " + key));
            Map<String, Node> tokenNodes = map(top.remove("tokens"));
            Map<String, String> dark = tokens(map(tokenNodes.remove("dark")));
            Map<String, String> tokens = tokens(tokenNodes);
            List<String> scripts = list(top.remove("scripts"));
            top.forEach((key, node) -> problem(node, "unknown key " + key));
            return new ThemeManifest(parent, title, logo, favicon, links, locales, img, font, tokens, dark, scripts);
        }

        private void problem(@Nullable Node node, String reason) {
            int line = node == null ? 0 : node.getStartMark().getLine() + 1;
            problems.add(new ThemeProblem(file.origin(), line, reason));
        }

        private Map<String, Node> map(@Nullable Node node) {
            Map<String, Node> entries = new TreeMap<>();
            if (node instanceof MappingNode mapping) {
                for (NodeTuple tuple : mapping.getValue()) {
                    String key = scalar(tuple.getKeyNode());
                    if (key != null) {
                        entries.put(key, tuple.getValueNode());
                    }
                }
            } else if (node != null) {
                problem(node, "must be a map of keys and values");
            }
            return entries;
        }

        private @Nullable String scalar(@Nullable Node node) {
            if (node instanceof ScalarNode scalar) {
                return scalar.getValue().isBlank() ? null : scalar.getValue().strip();
            }
            if (node != null) {
                problem(node, "must be a single value");
            }
            return null;
        }

        private List<String> list(@Nullable Node node) {
            List<String> values = new ArrayList<>();
            if (node instanceof SequenceNode sequence) {
                for (Node item : sequence.getValue()) {
                    String value = scalar(item);
                    if (value != null) {
                        values.add(value);
                    }
                }
            } else if (node != null) {
                problem(node, "must be a list");
            }
            return values;
        }

        private @Nullable String staticPath(@Nullable Node node) {
            String path = scalar(node);
            if (path != null && (!path.startsWith("static/") || path.contains(".."))) {
                problem(node, "must be a file of the theme below static/, not " + path);
                return null;
            }
            return path;
        }

        private Map<String, String> links(@Nullable Node node) {
            Map<String, String> links = new TreeMap<>();
            map(node).forEach((key, value) -> {
                String address = scalar(value);
                if (!LINKS.contains(key)) {
                    problem(value, "links knows help, privacy and terms only, not " + key);
                } else if (address != null && !WEB.matcher(address).matches()) {
                    problem(value, "must be an http or https address");
                } else if (address != null) {
                    links.put(key, address);
                }
            });
            return links;
        }

        private List<String> origins(@Nullable Node node) {
            List<String> origins = new ArrayList<>(list(node));
            origins.removeIf(origin -> {
                boolean wrong = !ORIGIN.matcher(origin).matches();
                if (wrong) {
                    problem(node, "must be an https origin without path or wildcard, not " + origin);
                }
                return wrong;
            });
            return origins;
        }

        private Map<String, String> tokens(Map<String, Node> nodes) {
            Map<String, String> tokens = new TreeMap<>();
            nodes.forEach((key, node) -> {
                String value = scalar(node);
                if (!TOKEN.matcher(key).matches()
                        || (value != null && !TOKEN_VALUE.matcher(value).matches())) {
                    problem(node, "is no name and value of a token: " + key);
                } else if (value != null) {
                    tokens.put(key, value);
                }
            });
            return tokens;
        }
    }
}
