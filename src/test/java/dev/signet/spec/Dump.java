package dev.signet.spec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every value of every table: what somebody holds who got hold of a backup.
 *
 * @param texts values of all types but bytea, as text; elements of arrays one by one
 * @param bytes values of type bytea
 */
record Dump(Set<String> texts, List<byte[]> bytes) {

    /** What handles of all kinds begin with. */
    private static final List<String> PREFIXES =
            List.of("sgn_ac_", "sgn_rt_", "sgn_at_", "sgn_ss_", "sgn_br_", "sgn_fl_", "sgn_ln_", "sgn_cs_");

    private record Column(String table, String name, String type) {}

    static Dump of(JdbcClient jdbc) {
        List<Column> columns = jdbc.sql("""
            select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                and a.attnum > 0 and not a.attisdropped\
            """)
                .query((row, number) ->
                        new Column(row.getString("table"), row.getString("name"), row.getString("type")))
                .list();
        Set<String> texts = new LinkedHashSet<>();
        List<byte[]> bytes = new ArrayList<>();
        for (Column column : columns) {
            String from = " from \"" + column.table() + "\" where \"" + column.name() + "\" is not null";
            String value = "\"" + column.name() + "\"";
            switch (column.type()) {
                case "bytea" ->
                    bytes.addAll(jdbc.sql("select distinct " + value + from)
                            .query(byte[].class)
                            .list());
                case "text[]", "bigint[]" ->
                    texts.addAll(jdbc.sql("select distinct unnest(" + value + ")::text" + from)
                            .query(String.class)
                            .list());
                default ->
                    texts.addAll(jdbc.sql("select distinct " + value + "::text" + from)
                            .query(String.class)
                            .list());
            }
        }
        return new Dump(texts, bytes);
    }

    /** All values as somebody might try them: as they are, and bytes in the usual spellings. */
    Set<String> spelled() {
        Set<String> all = new LinkedHashSet<>(texts);
        for (byte[] value : bytes) {
            all.add(new String(value, StandardCharsets.ISO_8859_1));
            all.add(HexFormat.of().formatHex(value));
            all.add(Base64.getEncoder().encodeToString(value));
            all.add(Base64.getUrlEncoder().withoutPadding().encodeToString(value));
        }
        all.remove("");
        return all;
    }

    /** Bytes dressed up as handles. */
    Set<String> asHandles() {
        Set<String> all = new LinkedHashSet<>();
        for (byte[] value : bytes) {
            String body = Base64.getUrlEncoder().withoutPadding().encodeToString(value);
            PREFIXES.forEach(prefix -> all.add(prefix + body));
        }
        return all;
    }

    /** Whether a secret stands in any value, in any of the usual spellings. */
    boolean holds(byte[] secret) {
        List<String> spellings = spellings(secret);
        return texts.stream().anyMatch(text -> spellings.stream().anyMatch(text::contains))
                || bytes.stream()
                        .map(value -> new String(value, StandardCharsets.ISO_8859_1))
                        .anyMatch(text -> spellings.stream().anyMatch(text::contains));
    }

    /** How the bytes may be written: as they are, hex, base64 (in its three alignments) and base64url. */
    static List<String> spellings(byte[] secret) {
        List<String> spellings = new ArrayList<>();
        spellings.add(new String(secret, StandardCharsets.ISO_8859_1));
        spellings.add(HexFormat.of().formatHex(secret));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[secret.length + shift];
            System.arraycopy(secret, 0, shifted, shift, secret.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The characters at the ends also hold bits of their neighbours.
            String inner = text.substring(shift == 0 ? 0 : shift + 1, text.length() - 1);
            spellings.add(inner);
            spellings.add(inner.replace('+', '-').replace('/', '_'));
        }
        return spellings;
    }
}
