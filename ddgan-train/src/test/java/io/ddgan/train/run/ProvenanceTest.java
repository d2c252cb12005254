package io.ddgan.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {

  @Test
  void saysWhatTheResultsMayDependOn(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("provenance.json");
    Provenance.of("abc", 7, "native (oneDNN)", 2, 4).write(file);
    Map<String, Object> facts = Json.parse(Files.readString(file));
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        facts.get("configuration-sha256"));
    assertEquals(7, facts.get("seed"));
    assertEquals("native (oneDNN)", facts.get("backend"));
    assertEquals(2, facts.get("threads"));
    assertEquals(4, facts.get("cores"));
    assertEquals("unknown", facts.get("revision"), "these classes do not come from a jar");
  }
}
