package io.ddgan.web;

import io.ddgan.api.RefusedException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What servers for browsers of this machine have in common, with pages whose files come here. */
final class ServerBasics {

  /** Who asks by another name may be another page's script that was led here. */
  private static final Pattern NAMES =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

  private static final System.Logger LOG = System.getLogger(ServerBasics.class.getName());

  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "css", "text/css", "js", "text/javascript");

  private ServerBasics() {}

  /**
   * Answers with files.
   *
   * @param files resources beside this class, by their paths
   */
  static void configure(JavalinConfig config, Map<String, String> files) {
    configure(config);
    config.routes.before(ServerBasics::requireThisMachine);
    config.routes.get("/page.css", context -> send(context, "page.css"));
    config.routes.exception(Exception.class, ServerBasics::failOurselves);
    files.forEach((path, file) -> config.routes.get(path, context -> send(context, file)));
  }

  /** What a server for other machines has, too. */
  static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
  }

  /**
   * Refuses what is not sent as JSON.
   *
   * @throws RefusedException if it is not
   */
  static void requireJson(Context context) {
    String type = Optional.ofNullable(context.contentType()).orElse("");
    Arguments.require(
        type.startsWith("application/json"), "requests have the content type application/json");
  }

  /**
   * Begins to answer.
   *
   * @throws RefusedException if it cannot listen on the port; the message says what to do
   */
  static void start(Javalin server, int port) {
    try {
      server.start("127.0.0.1", port);
    } catch (JavalinBindException e) {
      throw new RefusedException(
          "cannot listen on port %d, which may be in use; choose another with --port"
              .formatted(port),
          e);
    }
  }

  private static String type(String file) {
    return TYPES.get(file.substring(file.lastIndexOf('.') + 1)) + "; charset=utf-8";
  }

  /** What is no fault of the browser's stands in the log. */
  private static void failOurselves(Exception mistake, Context context) {
    LOG.log(System.Logger.Level.ERROR, "a request was not answered", mistake);
    context
        .status(HttpStatus.INTERNAL_SERVER_ERROR)
        .result(
            mistake instanceof IOException
                ? mistake.getMessage()
                : "this could not be answered; the terminal says why");
  }

  /**
   * Refuses what a page from elsewhere may have made a browser of this machine ask for.
   *
   * @throws ForbiddenResponse if it is not asked for by this machine's name, or by such a page
   */
  static void requireThisMachine(Context context) {
    String host = Optional.ofNullable(context.host()).orElse("");
    Optional<String> page =
        Optional.ofNullable(context.header("Origin")).map(ServerBasics::withoutScheme);
    if (!isThisMachine(host) || !page.map(ServerBasics::isThisMachine).orElse(true)) {
      throw new ForbiddenResponse("this is for programs and browsers of the same machine");
    }
  }

  private static String withoutScheme(String origin) {
    return origin.replaceFirst("^\\w+://", "");
  }

  private static boolean isThisMachine(String host) {
    return NAMES.matcher(host).matches();
  }

  private static void send(Context context, String file) throws IOException {
    try (InputStream in = ServerBasics.class.getResourceAsStream(file)) {
      context.contentType(type(file)).result(in.readAllBytes());
    }
  }
}
