package io.ddgan.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A page for browsers of this machine, whose files come with it. */
final class LocalPage {

  /** Who asks by another name may be another page's script that was led here. */
  private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "css", "text/css", "js", "text/javascript", "png", "image/png");

  private LocalPage() {}

  /**
   * Answers with files.
   *
   * @param files resources beside this class, by their paths
   */
  static void configure(JavalinConfig config, Map<String, String> files) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.routes.before(LocalPage::requireThisMachine);
    config.routes.get("/page.css", context -> send(context, "page.css"));
    files.forEach((path, file) -> config.routes.get(path, context -> send(context, file)));
  }

  /**
   * Begins to answer.
   *
   * @throws IllegalArgumentException if it cannot listen on the port; the message says what to do
   */
  static void start(Javalin server, int port) {
    try {
      server.start("127.0.0.1", port);
    } catch (JavalinBindException e) {
      throw new IllegalArgumentException(
          "cannot listen on port %d, which may be in use; choose another with --port"
              .formatted(port),
          e);
    }
  }

  /** What a file of a name is. */
  static String type(String file) {
    return TYPES.get(file.substring(file.lastIndexOf('.') + 1)) + "; charset=utf-8";
  }

  private static void requireThisMachine(Context context) {
    String host = Optional.ofNullable(context.host()).orElse("").replaceFirst(":\\d+$", "");
    if (!NAMES.contains(host)) {
      throw new ForbiddenResponse("this page is for browsers of the same machine");
    }
  }

  private static void send(Context context, String file) throws IOException {
    try (InputStream in = LocalPage.class.getResourceAsStream(file)) {
      context.contentType(type(file)).result(in.readAllBytes());
    }
  }
}
