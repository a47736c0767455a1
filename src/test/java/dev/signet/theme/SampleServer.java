package dev.signet.theme;

import dev.signet.site.Issuer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.env.MockEnvironment;

/**
 * Serves every sample page at {@code /sample/<state>} through the real {@link Pages} and filters, and takes their forms. What a
 * form posted last is kept for tests to look at.
 */
final class SampleServer implements AutoCloseable {

    static final ThemeProperties DEFAULTS =
            new ThemeProperties("default", null, false, null, Locale.ENGLISH, null, null, null);

    private final Tomcat tomcat = new Tomcat();
    final Map<String, String[]> posted = new ConcurrentHashMap<>();

    SampleServer(ThemeProperties properties) {
        Issuer issuer = issuer();
        Themes themes = new Themes(properties, Clock.systemUTC());
        Pages pages = new Pages(themes, properties, issuer);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.setBaseDir(temporaryDirectory().toString());
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "pages", new SampleServlet(pages));
        context.addServletMappingDecoded("/", "pages");
        filter(context, "assets", new AssetFilter(themes), "/theme/*", "/favicon.ico");
        filter(context, "preferences", new PreferenceFilter(issuer), "/*");
        try {
            tomcat.start();
        } catch (LifecycleException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static Issuer issuer() {
        return new Issuer(new MockEnvironment().withProperty("signet.issuer", "http://127.0.0.1:9200"));
    }

    static Map<String, Page> samples() {
        return SamplePages.all();
    }

    String url(String path) {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("pages");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void filter(Context context, String name, Filter filter, String... patterns) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName(name);
        for (String pattern : patterns) {
            mapping.addURLPattern(pattern);
        }
        context.addFilterMap(mapping);
    }

    private final class SampleServlet extends HttpServlet {

        private final transient Pages pages;

        SampleServlet(Pages pages) {
            this.pages = pages;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            @Nullable Page page = samples().get(request.getRequestURI().replace("/sample/", ""));
            if (page == null) {
                response.setStatus(404);
            } else {
                int status = page instanceof ErrorPage error ? error.kind().status() : 200;
                pages.render(page, status, request, response);
            }
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            posted.clear();
            posted.put("path", new String[] {request.getRequestURI()});
            posted.putAll(request.getParameterMap());
            response.setContentType("text/html");
            response.getWriter().write("<!doctype html><html lang=en><title>Posted</title><h1>Posted</h1>");
        }
    }
}
