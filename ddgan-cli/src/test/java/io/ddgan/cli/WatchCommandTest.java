package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The server of {@code ddgan watch} in a separate process. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchCommandTest extends CommandTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private Path folder;
  private ChildProcess watching;
  private URI address;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    PointsExperiment.write(
        folder,
        "training { steps = 4, checkpoint-every = 2, log-every = 2, sample-every = 2 }\n"
            + "evaluation { every = 2, metrics = [{ type = modes, samples = 50 }] }");
    train("runs/first");
    watching = ChildProcess.start(folder, "watch", "runs", "--port", "0");
    address = watching.awaitAddress();
  }

  @AfterAll
  void stop() throws InterruptedException {
    watching.kill();
  }

  @Test
  void runsAreDescribedByTheirFiles() throws Exception {
    Files.writeString(folder.resolve("runs/first/log.txt"), "a line\nhalf of");
    JsonNode run = json("/api/run?run=" + encoded("runs/first"));
    assertEquals("4", run.get("keys").get("training.steps").asText());
    assertEquals("[\"00000002.png\",\"00000004.png\"]", run.get("pictures").toString());
    assertTrue(run.get("evaluations").asText().contains("modes-covered"));
    assertEquals("a line\n", run.get("log").asText());
    String metrics = Files.readString(folder.resolve("runs/first/metrics.csv"));
    assertEquals(metrics, run.get("metrics").asText());
    assertTrue(run.get("provenance").asText().contains("\"executor\""));
    HttpResponse<String> picture =
        answer("/api/picture?name=00000004.png&run=" + encoded("runs/first"));
    assertEquals(200, picture.statusCode());
  }

  @Test
  void browserIsNotifiedOfStartedEndedAndKilledRuns() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/api/events"))
            .header("Accept", "text/event-stream")
            .build();
    try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
      Iterator<JsonNode> listings =
          lines
              .filter(line -> line.startsWith("data: "))
              .map(line -> parsed(line.substring("data: ".length())))
              .iterator();
      assertEquals("finished", state(listings.next(), "runs/first"));
      copy("runs/first", "runs/later");
      await("finished", listings);
      Path progress = folder.resolve("runs/later/progress.json");
      Files.writeString(progress, Files.readString(progress).replace("done", "training"));
      await("killed", listings); // as its lock is free
      Files.writeString(
          progress,
          Files.readString(progress).replace("\"training\"", "\"failed\", \"error\": \"NaN\""));
      await("failed", listings);
    }
  }

  @Test
  void sweepsHaveTables() throws Exception {
    Path sweep = Files.createDirectories(folder.resolve("runs/sweep"));
    Files.writeString(sweep.resolve("sweep.conf"), "");
    Files.writeString(sweep.resolve("results.csv"), "trial,seed,fid,state,error\nab,0,,pending,\n");
    copy("runs/first", "runs/sweep/runs/ab");
    HttpResponse<String> results = answer("/api/results?sweep=" + encoded("runs/sweep"));
    assertEquals(Files.readString(sweep.resolve("results.csv")), results.body());
  }

  @Test
  void servesOnlyWatchedFilesToLocalClients() throws Exception {
    assertEquals(404, answer("/api/run?run=" + encoded(folder.toString())).statusCode());
    assertEquals(404, answer("/api/run?run=" + encoded("runs/first/..")).statusCode());
    assertEquals(404, answer("/api/results?sweep=" + encoded("runs/first")).statusCode());
    String picture = "/api/picture?run=" + encoded("runs/first") + "&name=";
    assertEquals(404, answer(picture + encoded("../experiment.conf")).statusCode());
    assertEquals(404, answer(picture + encoded("../../other.png")).statusCode());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String status =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      assertTrue(status.contains(" 403 "), status);
    }
  }

  @Test
  void pageLoadsNothingFromElsewhere() throws Exception {
    String page = answer("/").body();
    Matcher needed = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page);
    int found = 0;
    while (needed.find()) {
      if (!needed.group(1).startsWith("data:")) {
        assertTrue(needed.group(1).startsWith("/"), needed.group(1));
        assertEquals(200, answer(needed.group(1)).statusCode(), needed.group(1));
        found++;
      }
    }
    assertEquals(5, found);
    assertFalse(page.contains("http"), "nothing is loaded from elsewhere");
  }

  private static void await(String state, Iterator<JsonNode> listings) {
    String told = "";
    for (int i = 0; i < 10 && !told.equals(state); i++) {
      told = state(listings.next(), "runs/later");
    }
    assertEquals(state, told);
  }

  private static String state(JsonNode listing, String run) {
    for (JsonNode each : listing.get("runs")) {
      if (each.get("id").asText().equals(run)) {
        return each.get("state").asText();
      }
    }
    return "missing in " + listing;
  }

  private void copy(String run, String to) throws IOException {
    FileUtils.copyDirectory(folder.resolve(run).toFile(), folder.resolve(to).toFile());
  }

  private void train(String run) {
    String file = folder.resolve("points.conf").toString();
    call("train", file, "--run", folder.resolve(run).toString());
  }

  private HttpResponse<String> answer(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = answer(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return parsed(answer.body());
  }

  private static JsonNode parsed(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
