package dev.signet.clients;

/**
 * One thing wrong with the metadata of a client.
 *
 * @param field which field, by its name in RFC 7591, with a position where it is a list: {@code redirect_uris[1]}
 * @param reason what is wrong with it
 * @param fix what to write instead
 */
public record MetadataProblem(String field, String reason, String fix) {}
