package dev.signet.provisioning;

import dev.signet.provisioning.Config.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of a YAML document, with the places of its keys. Duplicate keys, keys that are no text and tags that name
 * Java types are problems: each of them makes a reader see something else than the server does.
 */
final class YamlMap {

    private final String file;
    private final List<ConfigProblem> problems;
    private final Place place;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Place> keys = new LinkedHashMap<>();

    private YamlMap(String file, MappingNode node, List<ConfigProblem> problems) {
        this.file = file;
        this.problems = problems;
        this.place = place(node);
        for (NodeTuple tuple : node.getValue()) {
            Place here = place(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(here.problem("a key must be a word", "write it as key: value"));
            } else if (values.containsKey(key.getValue())) {
                problems.add(here.problem("\"" + key.getValue() + "\" stands there twice", "remove one of the two"));
            } else {
                values.put(key.getValue(), tuple.getValueNode());
                keys.put(key.getValue(), here);
            }
        }
    }

    /** The node as a mapping; null, and a problem, if it is something else. */
    static @Nullable YamlMap of(String file, Node node, String what, List<ConfigProblem> problems) {
        if (node instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)) {
            return new YamlMap(file, mapping, problems);
        }
        problems.add(
                new Place(file, line(node)).problem(what + " must be a mapping", "write it as lines of key: value"));
        return null;
    }

    Place place() {
        return place;
    }

    /** Where the field stands, with {@code name[2]} the third entry of its list; the mapping itself if it is absent. */
    Place place(String field) {
        int bracket = field.indexOf('[');
        String name = bracket < 0 ? field : field.substring(0, bracket);
        if (bracket > 0 && values.get(name) instanceof SequenceNode list) {
            int index = Integer.parseInt(field.substring(bracket + 1, field.length() - 1));
            return index < list.getValue().size() ? place(list.getValue().get(index)) : keys.getOrDefault(name, place);
        }
        return keys.getOrDefault(name, place);
    }

    void refuseKeysBut(Collection<String> known) {
        keys.forEach((key, here) -> {
            if (!known.contains(key)) {
                problems.add(here.problem("\"" + key + "\" is not known", "known are " + String.join(", ", known)));
            }
        });
    }

    boolean has(String key) {
        return values.get(key) instanceof Node node && !isNull(node);
    }

    /** The text of a plain or quoted value, whatever YAML would take it for; null where it is absent. */
    @Nullable
    String text(String key) {
        Node node = values.get(key);
        if (node == null || isNull(node)) {
            return null;
        }
        if (node instanceof ScalarNode scalar && plainTag(scalar)) {
            return scalar.getValue();
        }
        problems.add(place(key).problem("\"" + key + "\" must be a text", "write " + key + ": text"));
        return null;
    }

    boolean flag(String key) {
        String text = text(key);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            problems.add(place(key).problem("\"" + key + "\" must be true or false", "write true or false"));
        }
        return "true".equals(text);
    }

    /** The mappings of a list of mappings; empty where it is absent. */
    List<YamlMap> maps(String key) {
        List<YamlMap> maps = new ArrayList<>();
        for (Node item : items(key)) {
            YamlMap map = of(file, item, "each entry of \"" + key + "\"", problems);
            if (map != null) {
                maps.add(map);
            }
        }
        return maps;
    }

    @Nullable
    YamlMap map(String key) {
        Node node = values.get(key);
        return node == null || isNull(node) ? null : of(file, node, "\"" + key + "\"", problems);
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof ScalarNode scalar && plainTag(scalar) && !isNull(scalar)) {
                texts.add(scalar.getValue());
            } else {
                problems.add(place(item).problem("each entry of \"" + key + "\" must be a text", "write it as a word"));
            }
        }
        return texts;
    }

    private List<Node> items(String key) {
        Node node = values.get(key);
        if (node == null || isNull(node)) {
            return List.of();
        }
        if (node instanceof SequenceNode list) {
            return list.getValue();
        }
        problems.add(place(key).problem("\"" + key + "\" must be a list", "write each entry on a line with a dash"));
        return List.of();
    }

    /** All but the named keys as plain values (text, booleans, lists of text or of mappings), for rules that know no YAML. */
    Map<String, Object> plainBut(Collection<String> except) {
        Map<String, Object> plain = new LinkedHashMap<>();
        values.forEach((key, node) -> {
            if (!except.contains(key) && !isNull(node)) {
                plain.put(key, plain(key, node));
            }
        });
        return plain;
    }

    private Object plain(String key, Node node) {
        if (node instanceof SequenceNode list) {
            boolean mappings = list.getValue().stream().anyMatch(MappingNode.class::isInstance);
            return mappings
                    ? maps(key).stream().map(map -> map.plainBut(List.of())).toList()
                    : texts(key);
        }
        if (node instanceof ScalarNode scalar && plainTag(scalar)) {
            boolean bare = scalar.getScalarStyle() == ScalarStyle.PLAIN;
            boolean flag = bare
                    && (scalar.getValue().equals("true") || scalar.getValue().equals("false"));
            return flag ? (Object) Boolean.valueOf(scalar.getValue()) : scalar.getValue();
        }
        return Map.of();
    }

    private static boolean plainTag(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        return tag.startsWith(Tag.PREFIX) && !tag.equals(Tag.BINARY);
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private Place place(Node node) {
        return new Place(file, line(node));
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
