package io.ddgan.web;

import io.ddgan.api.CommandContext;
import io.ddgan.api.RefusedException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** Shared configuration, access check and lifecycle of the servers. */
final class Servers {

  /** Host names of this machine. Requests for other names may be DNS rebinding attacks. */
  private static final Pattern NAMES =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

  /** What pages may load, and that no page may frame them. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final System.Logger LOG = System.getLogger(Servers.class.getName());

  private Servers() {}

  /** Applies the shared configuration. */
  static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.routes.before(Servers::protect);
  }

  /**
   * Configures a server of pages for browsers on this machine.
   *
   * @param folder resources next to this class: {@code index.html} and its files
   */
  static void configurePages(JavalinConfig config, String folder) {
    configure(config);
    config.routes.before(Servers::requireThisMachine);
    config.staticFiles.add("/io/ddgan/web/" + folder, Location.CLASSPATH);
    config.staticFiles.add("/io/ddgan/web/shared", Location.CLASSPATH);
    config.routes.exception(
        RefusedException.class, (e, context) -> context.status(400).result(e.getMessage()));
    config.routes.exception(Exception.class, Servers::fail);
  }

  private static void protect(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
  }

  private static void fail(Exception e, Context context) {
    LOG.log(System.Logger.Level.ERROR, "a request failed", e);
    context
        .status(500)
        .result(e instanceof IOException ? e.getMessage() : "internal error; see the terminal");
  }

  /**
   * Refuses requests that a page from another site may have caused.
   *
   * @throws ForbiddenResponse if the request names another host, or comes from such a page
   */
  static void requireThisMachine(Context context) {
    String host = Optional.ofNullable(context.host()).orElse("");
    String page = Optional.ofNullable(context.header("Origin")).orElse(host);
    if (!isThisMachine(host) || !isThisMachine(page.replaceFirst("^\\w+://", ""))) {
      throw new ForbiddenResponse("only programs and browsers on this machine are allowed");
    }
  }

  private static boolean isThisMachine(String host) {
    return NAMES.matcher(host).matches();
  }

  /**
   * Serves until the process is stopped and the last work is done.
   *
   * @param sentence text after the address in the start message
   * @throws RefusedException if it cannot listen there; the message says what to do
   */
  static void serve(
      Javalin server, String host, int port, CommandContext context, String sentence, Runnable last)
      throws InterruptedException {
    WebCommand.require(port >= 0 && port <= 65535, "--port must be from 0 to 65535");
    try {
      server.start(host, port);
    } catch (JavalinBindException e) {
      throw new RefusedException(
          "cannot listen on %s:%d: the port is in use, or the address is not one of this machine; choose another --port"
              .formatted(host, port),
          e);
    }
    String name = host.contains(":") ? "[" + host + "]" : host;
    context.out().printf("http://%s:%d %s; press Ctrl-C to stop%n", name, server.port(), sentence);
    context.out().flush();
    CountDownLatch done = new CountDownLatch(1);
    Runnable finish =
        () -> {
          last.run();
          done.countDown();
        };
    Runtime.getRuntime().addShutdownHook(new Thread(finish, "ddgan-server-end"));
    done.await();
  }
}
