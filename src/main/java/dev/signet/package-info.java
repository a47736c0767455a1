/**
 * Signet, an OAuth 2.0 authorization server and OpenID Provider.
 *
 * <p>Each package directly below this one is a module; its public types are its face. Start reading at {@link
 * dev.signet.AuthorizationServerApplication}.
 */
@org.jspecify.annotations.NullMarked
package dev.signet;
