package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ddgan.cli.ChildProcess.Outcome;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP service in a separate process. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServeCommandTest extends CommandTest {

  private static final Path GARMENTS =
      Path.of("src/main/dist/models/fashion-mnist").toAbsolutePath();
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final int QUEUE = 8;

  private final HttpClient client = HttpClient.newHttpClient();

  private Path folder;

  /** A run with tiny networks. */
  private Path run;

  private ChildProcess server;
  private URI address;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    run = folder.resolve("garments");
    String data = FewGarments.write(folder.resolve("data"));
    Outcome trained =
        Outcome.here(
            ("train smoke %s generator.class-conditional=true generator.latent-size=100"
                    + " training.steps=2 training.sample-every=0 --run %s")
                .formatted(data, run)
                .split(" "));
    assertEquals(0, trained.exitCode(), trained::toString);
    Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    server =
        ChildProcess.start(
            folder,
            "serve %s --port 0 --queue %d --max-samples 40 --token-file %s"
                .formatted(run, QUEUE, token)
                .split(" "));
    address = server.awaitAddress();
  }

  @AfterAll
  void stop() throws InterruptedException {
    server.kill();
  }

  @Test
  void samplesHaveTheBitsOfTheCommandUnderConcurrentRequests() throws Exception {
    List<String> formats = List.of("npz", "png");
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String body =
          "{\"count\": %d, \"seed\": %d, \"class\": \"Bag\", \"format\": \"%s\"}"
              .formatted(2 * i + 1, i, formats.get(i % 2));
      answers.add(client.sendAsync(samples(body), BodyHandlers.ofByteArray()));
    }
    for (int i = 0; i < 4; i++) {
      Path file = folder.resolve(i + "." + formats.get(i % 2));
      String words = "sample %s --count %d --seed %d --class bag --out %s";
      Outcome sampled = Outcome.here(words.formatted(run, 2 * i + 1, i, file).split(" "));
      assertEquals(0, sampled.exitCode(), sampled::toString);
      assertEquals(200, answers.get(i).get().statusCode());
      assertArrayEquals(Files.readAllBytes(file), answers.get(i).get().body(), file.toString());
    }
  }

  @Test
  void requestContinuesAtAnOffset() throws Exception {
    JsonNode all = json(samples("{\"count\": 3, \"seed\": 5}"));
    JsonNode last = json(samples("{\"count\": 1, \"seed\": 5, \"offset\": 2}"));
    assertEquals("[3,1,32,32]", all.get("shape").toString());
    for (int i = 0; i < 1024; i++) {
      assertEquals(all.get("samples").get(2048 + i), last.get("samples").get(i));
    }
    JsonNode model = json(request("/v1/model").build());
    assertEquals("[1,32,32]", model.get("shape").toString());
    assertEquals("garments", model.get("name").asText());
    assertEquals(2, model.get("networkEvaluations").asInt());
    assertEquals(100, model.get("latentSize").asInt());
    assertEquals("Ankle boot", model.get("classes").get(9).asText());
  }

  @Test
  void acceptsLatentVectors() throws Exception {
    String vector = "[" + "0,".repeat(99) + "0]";
    String vectors = "[[%s,%s]]".formatted(vector, vector);
    JsonNode given = json(samples("{\"seed\": 5, \"latents\": %s}".formatted(vectors)));
    assertTrue(!given.get("samples").equals(json(samples("{\"seed\": 5}")).get("samples")));
    assertEquals(given, json(samples("{\"seed\": 5, \"latents\": %s}".formatted(vectors))));
    String two = vectors.substring(0, vectors.length() - 1) + "," + vectors.substring(1);
    String large = vectors.replaceFirst("0", "1e39");
    String many = "[%s]".formatted("[],".repeat(80_000) + "[]");
    for (String wrong : List.of("[[%s]]".formatted(vector), two, large, many, "[null]")) {
      assertTrue(error(400, "{\"latents\": %s}".formatted(wrong)).contains("of 2 vectors"));
    }
  }

  @Test
  void errorsAreOneLine() throws Exception {
    for (String wrong : List.of("1000000000", "0", "\"4\"", "4e30")) {
      assertTrue(error(400, "{\"count\": %s}".formatted(wrong)).contains("count"), wrong);
    }
    assertTrue(error(400, "{\"cuont\": 4}").contains("unknown key 'cuont'"));
    assertTrue(error(400, "{\"%s\": 1}".formatted("s".repeat(60_000))).contains("JSON"));
    assertTrue(error(400, "count=4").contains("JSON"));
    assertTrue(error(400, "{\"class\": \"hat\"}").startsWith("there is no class 'hat'"));
    assertTrue(error(400, "{\"format\": \"gif\"}").contains("format"));
    assertEquals(405, answer(request("/v1/samples").build()).statusCode());
    assertEquals(404, answer(request("/v1/nothing").build()).statusCode());
  }

  @Test
  void withoutTheTokenOnlyHealthAndDescriptionAreServed() throws Exception {
    for (String path : List.of("/v1/model", "/metrics", "/v1/samples")) {
      HttpRequest bare = HttpRequest.newBuilder(address.resolve(path)).build();
      assertEquals(401, answer(bare).statusCode(), path);
      HttpRequest other =
          HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer x").build();
      assertEquals(401, answer(other).statusCode(), path);
    }
    for (String path : List.of("/healthz", "/openapi.yaml")) {
      HttpRequest bare = HttpRequest.newBuilder(address.resolve(path)).build();
      assertEquals(200, answer(bare).statusCode(), path);
    }
  }

  @Test
  void concurrentRequestsAreServedOrAskedToRetry() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(client.sendAsync(samples("{\"count\": 10}"), BodyHandlers.ofString()));
    }
    long answered = 0;
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      answer.join();
    }
    String first = json(samples("{\"count\": 10}")).toString();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      int status = answer.get().statusCode();
      assertTrue(status == 200 || status == 503, "is " + status);
      if (status == 200) {
        answered++;
        assertEquals(first, new JsonMapper().readTree(answer.get().body()).toString());
      } else {
        assertEquals("1", answer.get().headers().firstValue("Retry-After").orElseThrow());
      }
    }
    assertTrue(answered >= QUEUE / 2, "answered " + answered);
    String metrics = answer(request("/metrics").build()).body();
    assertTrue(metrics.contains("ddgan_requests_total{status=\"503\"} "), metrics);
    assertTrue(metrics.contains("ddgan_requests_accepted 0"), metrics);
  }

  @Test
  void halfSentRequestsHoldUpNoOthers() throws Exception {
    List<Socket> halfSent = new ArrayList<>();
    try {
      for (int i = 0; i < 10 * QUEUE + 100; i++) { // more than the server has threads
        Socket socket = new Socket(address.getHost(), address.getPort());
        halfSent.add(socket);
        String half =
            "POST /v1/samples HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: 99\r\n\r\n{"
                .formatted(TOKEN);
        socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
      }
      assertEquals(
          "ok\n", answer(request("/healthz").timeout(Duration.ofSeconds(20)).build()).body());
    } finally {
      for (Socket socket : halfSent) {
        socket.close();
      }
    }
  }

  @Test
  void isReadyAfterTheFirstSamplesAndDrainsBeforeItStops() throws Exception {
    ChildProcess open =
        ChildProcess.start(folder, "serve", run.toString(), "--port", "0", "--drain", "3");
    URI its = open.awaitAddress();
    HttpRequest readiness = HttpRequest.newBuilder(its.resolve("/readyz")).build();
    while (answer(readiness).statusCode() != 200) {
      Thread.sleep(10);
    }
    open.interrupt();
    while (answer(readiness).statusCode() != 503) {
      Thread.sleep(10);
    }
    HttpRequest health = HttpRequest.newBuilder(its.resolve("/healthz")).build();
    HttpResponse<String> answer = answer(health);
    assertEquals(200, answer.statusCode());
    assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
    assertEquals(130, open.await().exitCode());
  }

  @Test
  void foreignPagesAreRefusedAndAcceptedRequestsFinishOnShutdown() throws Exception {
    // A model that takes long enough for what is accepted to be interrupted.
    ChildProcess open = ChildProcess.start(folder, "serve", GARMENTS.toString(), "--port", "0");
    URI its = open.awaitAddress();
    assertPagesFromElsewhereAreRefused(its);
    HttpRequest large =
        HttpRequest.newBuilder(its.resolve("/v1/samples"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"count\": 48}"))
            .build();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(large, BodyHandlers.ofString());
    URI metrics = its.resolve("/metrics");
    while (!answer(HttpRequest.newBuilder(metrics).build())
        .body()
        .contains("ddgan_requests_accepted 1")) {
      Thread.sleep(10);
    }
    open.interrupt();
    assertEquals(200, answer.get().statusCode());
    assertEquals(48 * 1024, new JsonMapper().readTree(answer.get().body()).get("samples").size());
    assertEquals(130, open.await().exitCode());
  }

  /** Sends the service's port with foreign host names, as a page with a rebound name would. */
  private static void assertPagesFromElsewhereAreRefused(URI its) throws IOException {
    assertEquals("HTTP/1.1 403", status(its, "Host: elsewhere.example"));
    assertEquals(
        "HTTP/1.1 403", status(its, "Host: localhost\r\nOrigin: http://elsewhere.example"));
    assertEquals("HTTP/1.1 200", status(its, "Host: [::1]:80\r\nOrigin: http://localhost:80"));
  }

  private static String status(URI address, String headers) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request = "GET /v1/model HTTP/1.1\r\n%s\r\n\r\n".formatted(headers);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return new String(status, StandardCharsets.US_ASCII);
    }
  }

  @Test
  void publicAddressRequiresAStrongToken() throws IOException {
    Path none = Files.writeString(folder.resolve("none"), "two\nlines");
    String garments = GARMENTS.toString();
    assertEquals(1, run("serve", garments, "--token-file", none.toString()));
    assertTrue(printed().contains("openssl"), this::printed);
    assertEquals(1, run("serve", garments, "--host", "0.0.0.0"));
    assertTrue(printed().contains("--token-file"), this::printed);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + TOKEN);
  }

  private HttpRequest samples(String body) {
    return request("/v1/samples").POST(HttpRequest.BodyPublishers.ofString(body)).build();
  }

  private HttpResponse<String> answer(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private JsonNode json(HttpRequest request) throws Exception {
    HttpResponse<String> answer = answer(request);
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonMapper().readTree(answer.body());
  }

  private String error(int status, String body) throws Exception {
    HttpResponse<String> answer = answer(samples(body));
    assertEquals(status, answer.statusCode(), answer.body());
    return new JsonMapper().readTree(answer.body()).get("error").asText();
  }
}
