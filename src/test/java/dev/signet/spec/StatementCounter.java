package dev.signet.spec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Writes down each SQL statement that a request executes, between the pool and its users. What runs on other threads
 * (timers, the audit trail's writer) is nobody's request and is not counted; BEGIN and COMMIT are no statements here.
 */
final class StatementCounter implements BeanPostProcessor {

    /** The names Tomcat gives to the threads of requests. */
    private static final String REQUEST_THREADS = "tomcat-handler";

    private final List<String> executed = new CopyOnWriteArrayList<>();

    ApplicationContextInitializer<GenericApplicationContext> initializer() {
        return context -> context.getBeanFactory().addBeanPostProcessor(this);
    }

    /** The statements of requests while something is done, events of the audit trail apart. */
    List<String> during(Runnable something) {
        executed.clear();
        something.run();
        return executed.stream()
                .filter(sql -> !sql.strip().toLowerCase(java.util.Locale.ROOT).startsWith("insert into audit_event"))
                .toList();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof DataSource pool)) {
            return bean;
        }
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                return connection(super.getConnection());
            }
        };
    }

    private Connection connection(Connection real) {
        return proxy(Connection.class, real, (method, arguments, result) -> {
            if (result instanceof PreparedStatement prepared) {
                return statement(PreparedStatement.class, prepared, (String) arguments[0]);
            }
            return result instanceof Statement plain ? statement(Statement.class, plain, null) : result;
        });
    }

    private <T extends Statement> T statement(Class<T> type, T real, String sql) {
        return proxy(type, real, (method, arguments, result) -> {
            if (method.startsWith("execute") && Thread.currentThread().getName().startsWith(REQUEST_THREADS)) {
                executed.add(sql == null ? String.valueOf(arguments[0]) : sql);
            }
            return result;
        });
    }

    private interface Result {
        Object of(String method, Object[] arguments, Object result);
    }

    private static <T> T proxy(Class<T> type, T real, Result result) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return result.of(method.getName(), arguments, method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
