package io.ddgan.app.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DistributionTest {

  @Test
  void itsModelsAreBesideTheFolderOfItsJars() {
    assertEquals(Path.of("ddgan/models"), Models.beside(Path.of("ddgan/lib/ddgan-cli.jar")));
  }
}
