/// Red, green and blue, each 0…1.
typealias Colour = SIMD3<Float>

/// Which of a scene's colours a part is painted with.
///
/// No class owns a colour: every scene draws its own.
enum Paint: Sendable {
  case main, second, third, dark, light
}

/// The colours of one scene.
struct Palette {
  private let main, second, third, dark, light: Colour

  init(_ scene: Scene) {
    func colour(_ hue: Float, _ brightness: Float) -> Colour {
      Colour(hue: hue, saturation: scene.saturation, brightness: brightness)
    }
    // The third hue halves the wider of the two arcs between the others.
    let middle = (scene.hue + scene.secondHue) / 2
    let isNear = abs(scene.hue - scene.secondHue) < 0.5
    let thirdHue = isNear ? middle + 0.5 : middle
    let b = scene.brightness
    main = colour(scene.hue, b)
    second = colour(scene.secondHue, b > 0.6 ? b * 0.75 : b * 1.5)
    third = colour(thirdHue, b > 0.6 ? b * 0.85 : b * 1.7)
    dark = Colour(hue: scene.hue, saturation: scene.saturation * 0.5, brightness: 0.1)
    light = Colour(hue: scene.secondHue, saturation: scene.saturation * 0.12, brightness: 0.97)
  }

  subscript(paint: Paint) -> Colour {
    switch paint {
    case .main: main
    case .second: second
    case .third: third
    case .dark: dark
    case .light: light
    }
  }
}

extension SIMD3 where Scalar == Float {
  /// The colour at a place on the colour circle (any number: 1 is once round), HSV's way.
  init(hue: Float, saturation: Float, brightness: Float) {
    func channel(_ offset: Float) -> Float {
      let turns = hue + offset / 6
      let sixth = (turns - turns.rounded(.down)) * 6
      let away = Swift.max(0, Swift.min(sixth, 4 - sixth, 1))
      return Swift.min(brightness, 1) * (1 - saturation * away)
    }
    self.init(channel(5), channel(3), channel(1))
  }
}
