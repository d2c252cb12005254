package io.ddgan.networks;

import com.google.inject.Guice;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.api.DataShape;
import io.ddgan.api.Generator;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.plugin.Plugins;
import java.util.Optional;

/** Networks as a user makes them: from a configuration. */
public final class Configured {

  /** A small U-Net for images of 16x16 pixels, whose keys others override. */
  public static final String SMALL =
      """
      base-channels = 8, channel-multipliers = [1, 2], residual-blocks = 1, attention-resolutions = [8]
      latent-size = 12, style-size = 24, mapping-layers = 2
      """;

  private Configured() {}

  /** A U-Net with these keys, and the defaults for the others. */
  public static Ncsnpp unet(String... keys) {
    String text = "generator.type = ncsnpp, generator { " + String.join("\n", keys) + " }";
    return generator(Hocon.text(text, "test"));
  }

  private static Ncsnpp generator(Config config) {
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      Binder binder = Guice.createInjector(plugins).getInstance(Binder.class);
      return (Ncsnpp) binder.bind(Holder.class, config).generator();
    }
  }

  /** The generator that the reference's options describe. */
  static Ncsnpp fromReference(String golden) {
    return generator(
        ConfigFactory.parseMap(ReferenceOptions.translate(options(golden).root().unwrapped()))
            .withValue("generator.type", ConfigValueFactory.fromAnyRef("ncsnpp")));
  }

  /** The shape of the data that the reference's options describe. */
  static DataShape shape(String golden) {
    Config options = options(golden);
    int size = options.getInt("image_size");
    return DataShape.image(options.getInt("num_channels"), size, size);
  }

  private static Config options(String golden) {
    return ConfigFactory.parseResources("golden/" + golden + ".json");
  }

  /** A configuration with a generator. */
  record Holder(Generator generator) {}
}
