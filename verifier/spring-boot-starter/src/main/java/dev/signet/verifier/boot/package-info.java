/**
 * Guards the API of a Spring Boot application with access tokens of a Signet server: two settings, and
 * {@code http.oauth2ResourceServer(signet)} where the application has a filter chain of its own.
 *
 * @see dev.signet.verifier.boot.SignetResourceServer
 * @see dev.signet.verifier.boot.SignetVerifierProperties
 */
@NullMarked
package dev.signet.verifier.boot;

import org.jspecify.annotations.NullMarked;
