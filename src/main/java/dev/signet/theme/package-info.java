/**
 * What people see before they reach an app or their account: finds the active theme's templates, words and static files, chooses
 * the language, and renders every page through {@link dev.signet.theme.Pages}.
 *
 * <p>The {@link dev.signet.theme.Page} records are the model that templates receive, and so part of the theme contract: within
 * one contract number they only grow. The module knows nothing of sign-in, tokens or people; callers hand it finished values.
 */
@ApplicationModule(displayName = "Theme", allowedDependencies = "site")
@NullMarked
package dev.signet.theme;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
