package dev.signet.theme;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A static file in memory, under a name that changes with its content, so that browsers may keep it for ever.
 *
 * @param path address below {@code /theme}: {@code /<theme>/<fingerprint>/<file>}
 * @param contentType what it is
 * @param fingerprint first 16 hexadecimal digits of the content's SHA-256
 * @param bytes the content
 * @param gzipped the content compressed, where that makes it smaller
 */
record Asset(String path, String contentType, String fingerprint, byte[] bytes, byte @Nullable [] gzipped) {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("css", "text/css;charset=UTF-8"),
            Map.entry("js", "text/javascript;charset=UTF-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain;charset=UTF-8"));

    static Asset of(String theme, String file, byte[] bytes) {
        String fingerprint = fingerprint(bytes);
        String type = contentType(file);
        boolean compressible = type.startsWith("text/") || type.equals("image/svg+xml");
        byte[] gzipped = compressible ? gzip(bytes) : null;
        if (gzipped != null && gzipped.length >= bytes.length) {
            gzipped = null;
        }
        return new Asset("/" + theme + "/" + fingerprint + "/" + file, type, fingerprint, bytes, gzipped);
    }

    /** Tells whether files of this name are served at all. */
    static boolean servable(String file) {
        return TYPES.containsKey(extension(file));
    }

    private static String contentType(String file) {
        return TYPES.getOrDefault(extension(file), "application/octet-stream");
    }

    private static String extension(String file) {
        return file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String fingerprint(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every JDK has SHA-256", absent);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
