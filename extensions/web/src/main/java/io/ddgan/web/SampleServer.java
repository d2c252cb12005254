package io.ddgan.web;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ddgan.api.Model;
import io.ddgan.api.RefusedException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Answers requests for samples of a model; {@code openapi.yaml} describes them. */
final class SampleServer {

  /** Latent vectors of some hundred examples fit. */
  private static final long LONGEST_REQUEST = 16L << 20;

  /** Threads beyond those that wait for samples, which answer the other requests. */
  private static final int OTHERS = 16;

  private static final JsonMapper JSON = new JsonMapper();

  private final Model model;
  private final ServeOptions options;
  private final Optional<Token> token;
  private final ServerMetrics metrics = new ServerMetrics();
  private final Semaphore accepted;
  private final SampleQueue queue;
  private final Javalin server;

  private SampleServer(Model model, ServeOptions options, Optional<Token> token) {
    this.model = model;
    this.options = options;
    this.token = token;
    this.accepted = new Semaphore(options.queue());
    this.queue = new SampleQueue(model, options.timeout(), metrics::computed);
    this.server = Javalin.create(this::configure);
  }

  /**
   * Begins to answer.
   *
   * @throws IllegalArgumentException if it cannot listen there; the message says what to do
   */
  static SampleServer start(Model model, ServeOptions options, Optional<Token> token) {
    SampleServer server = new SampleServer(model, options, token);
    try {
      server.server.start(options.host(), options.port());
    } catch (JavalinBindException e) {
      throw new IllegalArgumentException(
          "cannot listen on port %d of %s, which may be in use; choose another with --port"
              .formatted(options.port(), options.host()),
          e);
    }
    return server;
  }

  /** The port that it listens on. */
  int port() {
    return server.port();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.maxRequestSize = LONGEST_REQUEST;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = new QueuedThreadPool(options.queue() + OTHERS);
    config.jetty.modifyServer(
        jetty -> {
          jetty.setHandler(new GracefulHandler());
          jetty.setStopTimeout(options.timeout().toMillis());
        });
    config.routes.before("/v1/*", this::authorise);
    config.routes.before("/metrics", this::authorise);
    config.routes.get("/", context -> context.redirect("/openapi.yaml"));
    config.routes.get("/healthz", context -> context.result("ok\n"));
    config.routes.get("/openapi.yaml", SampleServer::description);
    config.routes.get("/metrics", this::metrics);
    config.routes.get("/v1/model", this::model);
    config.routes.post("/v1/samples", this::samples);
    config.routes.exception(
        HttpResponseException.class, (e, context) -> fail(context, e.getStatus(), e.getMessage()));
  }

  private static void fail(Context context, int status, String message) {
    context.status(status);
    context.json(Map.of("error", message));
  }

  private void authorise(Context context) {
    boolean isAllowed =
        token.isEmpty() || token.get().isIn(Optional.ofNullable(context.header("Authorization")));
    if (!isAllowed) {
      context.header("WWW-Authenticate", "Bearer");
      throw new UnauthorizedResponse("the request bears no token, or another one");
    }
  }

  private static void description(Context context) throws IOException {
    try (InputStream in = SampleServer.class.getResourceAsStream("openapi.yaml")) {
      context.contentType("application/yaml").result(in.readAllBytes());
    }
  }

  private void metrics(Context context) throws IOException {
    context.contentType(metrics.contentType()).result(metrics.text());
  }

  private void model(Context context) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", options.run().getFileName().toString());
    model.put("step", this.model.step());
    model.put("shape", this.model.shape().dimensions());
    model.put("classes", this.model.classes());
    model.put("evaluations", this.model.evaluations());
    model.put("latentSize", this.model.latentSize());
    model.put("most", options.most());
    context.json(model);
  }

  private void samples(Context context) throws IOException, InterruptedException {
    if (!accepted.tryAcquire()) {
      metrics.refused();
      context.header("Retry-After", "1");
      throw new TooManyRequestsResponse(
          "%d requests are being answered already; come again".formatted(options.queue()));
    }
    long begun = System.nanoTime();
    metrics.accepted();
    int status = HttpStatus.INTERNAL_SERVER_ERROR.getCode();
    try {
      answer(context);
      status = context.statusCode();
    } catch (HttpResponseException e) {
      status = e.getStatus();
      throw e;
    } finally {
      accepted.release();
      metrics.answered(status, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private void answer(Context context) throws IOException, InterruptedException {
    try {
      SampleRequest request = SampleRequest.of(context.bodyAsBytes(), model, options.most());
      float[] examples = queue.sample(request.draws());
      byte[] body = encoded(request.format(), examples);
      context.contentType(request.format().contentType());
      context.res().setContentLength(body.length);
      context.res().getOutputStream().write(body); // while its place is taken, however slow
    } catch (RefusedException e) {
      throw new BadRequestResponse(e.getMessage());
    } catch (TimeoutException e) {
      throw new ServiceUnavailableResponse(
          "the samples were not ready within %d s; ask for fewer, or come again"
              .formatted(options.timeout().toSeconds()));
    }
  }

  /** The same bytes that {@code ddgan sample} writes, of pictures and arrays. */
  private byte[] encoded(SampleRequest.Format format, float[] examples) throws IOException {
    if (format == SampleRequest.Format.JSON) {
      return JSON.writeValueAsBytes(
          Map.of(
              "shape",
              model.shape().batch(examples.length / model.shape().size()),
              "samples",
              examples));
    }
    Path folder = Files.createTempDirectory("ddgan-serve");
    Path file = folder.resolve("samples." + format.name().toLowerCase(Locale.ROOT));
    try {
      model.write(examples, file);
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** Answers what was accepted, and nothing more. */
  void end() throws InterruptedException {
    server.stop();
    queue.end();
  }
}
