/// The ten classes of the picture world: things made of parts that stand in a natural order.
///
/// Several share their parts: discs, boxes, strokes and triangles occur in most, and it is how they stand
/// to each other that tells a snowman from a flower.
public enum Thing: Int, Sendable, CaseIterable {
  case face, house, boat, tree, car, fish, flower, bird, snowman, rocket

  /// The class's name.
  public var name: String { "\(self)" }

  /// The parts of one exemplar, the hindmost first.
  func parts(_ variation: Variation) -> [Part] {
    var vary = variation
    return switch self {
    case .face: Thing.face(&vary)
    case .house: Thing.house(&vary)
    case .boat: Thing.boat(&vary)
    case .tree: vary.has(0.4) ? Thing.fir(&vary) : Thing.broadleaf(&vary)
    case .car: Thing.car(&vary)
    case .fish: Thing.fish(&vary)
    case .flower: Thing.flower(&vary)
    case .bird: Thing.bird(&vary)
    case .snowman: Thing.snowman(&vary)
    case .rocket: Thing.rocket(&vary)
    }
  }
}

// MARK: What people build

extension Thing {
  private static func house(_ vary: inout Variation) -> [Part] {
    let wide = vary(0.6, 0.85)
    let eaves = vary(-0.25, 0.05)
    let ridge = vary(-0.12, 0.12)
    let door = vary(-0.2, 0.2)
    let pane = vary(0.15, 0.19)
    let sill = vary(0.2, 0.35)
    var sketch = Sketch()
    let chimney = vary(0.3, 0.5)
    sketch.box("chimney", chimney - 0.11, -0.9, chimney + 0.11, eaves, .third)
    sketch.box("wall", -wide, eaves, wide, 0.92, .main)
    let overhang = wide + 0.15
    sketch.polygon("roof", [(-overhang, eaves), (ridge, -0.95), (overhang, eaves)], .second)
    sketch.box("door", door - 0.14, 0.38, door + 0.14, 0.92, .dark)
    for x in [door - 0.45, door + 0.45] where abs(x) + pane < wide + 0.03 {
      sketch.box("window", x - pane, sill - pane, x + pane, sill + pane, .light)
      sketch.stroke("bar", [(x, sill - pane), (x, sill + pane)], width: 0.05, .dark)
    }
    return sketch.parts
  }

  private static func boat(_ vary: inout Variation) -> [Part] {
    let mast = vary(-0.15, 0.15)
    let top = vary(-0.98, -0.8)
    let deck = vary(0.3, 0.45)
    let stern = vary(0.5, 0.7)
    let bow = vary(0.5, 0.7)
    let boom = vary(0.55, 0.8)
    var sketch = Sketch()
    sketch.stroke("mast", [(mast, top), (mast, deck)], width: 0.09, .dark)
    sketch.polygon(
      "sail",
      [(mast + 0.07, top + 0.08), (mast + boom, deck - 0.12), (mast + 0.07, deck - 0.12)],
      .second)
    if !vary.has(0.3) {
      sketch.polygon(
        "jib", [(mast - 0.07, top + 0.3), (mast - 0.07, deck - 0.12), (-0.75, deck - 0.12)],
        .third)
    }
    sketch.polygon("hull", [(-0.95, deck), (0.95, deck), (bow, 0.92), (-stern, 0.92)], .main)
    for x in [Float(-0.4), 0, 0.4] {
      sketch.disc("porthole", x, (deck + 0.9) / 2, 0.09, .light)
    }
    return sketch.parts
  }

  private static func car(_ vary: inout Variation) -> [Part] {
    let roof = vary(-0.65, -0.45)
    let belt = vary(-0.1, 0.05)
    let back = vary(-0.7, -0.45)
    let front = vary(0.1, 0.35)
    let wheel = vary(0.22, 0.28)
    let axle: Float = 0.52
    let glass = roof + 0.1
    let middle = (back + front) / 2
    var sketch = Sketch()
    sketch.polygon(
      "cabin", [(back - 0.15, belt), (back, roof), (front, roof), (front + 0.3, belt)], .second)
    sketch.polygon(
      "window",
      [(back - 0.02, belt), (back + 0.06, glass), (middle - 0.05, glass), (middle - 0.05, belt)],
      .light)
    sketch.polygon(
      "window",
      [
        (middle + 0.05, belt), (middle + 0.05, glass), (front - 0.03, glass),
        (front + 0.15, belt),
      ],
      .light)
    sketch.polygon(
      "body",
      [(-0.97, belt + 0.03), (0.7, belt), (0.97, belt + 0.2), (0.97, axle), (-0.97, axle)], .main)
    sketch.disc("wheel", -0.55, axle, wheel, .dark)
    sketch.disc("wheel", 0.52, axle, wheel, .dark)
    sketch.disc("hub", -0.55, axle, wheel * 0.45, .light)
    sketch.disc("hub", 0.52, axle, wheel * 0.45, .light)
    sketch.disc("lamp", 0.86, belt + 0.26, 0.09, .third)
    return sketch.parts
  }

  private static func rocket(_ vary: inout Variation) -> [Part] {
    let wide = vary(0.26, 0.38)
    let shoulder = vary(-0.5, -0.35)
    let fin = vary(0.6, 0.8)
    let window = vary(-0.2, 0.0)
    let flame = vary(0.8, 1)
    var sketch = Sketch()
    sketch.polygon("flame", [(-wide * 0.7, 0.5), (wide * 0.7, 0.5), (0, flame)], .third)
    sketch.polygon(
      "fin", [(-wide * 0.8, 0), (-wide * 0.8, 0.55), (-fin, 0.75), (-fin, 0.5)], .second)
    sketch.polygon("fin", [(wide * 0.8, 0), (wide * 0.8, 0.55), (fin, 0.75), (fin, 0.5)], .second)
    sketch.polygon("nose", [(-wide, shoulder), (0, -0.98), (wide, shoulder)], .second)
    sketch.polygon(
      "hull",
      [
        (-wide, shoulder), (wide, shoulder), (wide, 0.4), (0.2, 0.58), (-0.2, 0.58),
        (-wide, 0.4),
      ], .main)
    sketch.disc("window", 0, window, wide * 0.62, .dark)
    sketch.disc("window", 0, window, wide * 0.42, .light)
    return sketch.parts
  }

  private static func snowman(_ vary: inout Variation) -> [Part] {
    let low = vary(0.36, 0.44)
    let mid = vary(0.27, 0.33)
    let head = vary(0.19, 0.24)
    let lowAt = 0.97 - low
    let midAt = lowAt - low * 0.8 - mid * 0.55
    let headAt = midAt - mid * 0.8 - head * 0.6
    let brim = headAt - head * 0.6
    let hand = vary(-0.3, 0.1)
    var sketch = Sketch()
    sketch.stroke("arm", [(-mid * 0.8, midAt), (-0.8, midAt + hand)], width: 0.08, .dark)
    sketch.stroke("arm", [(mid * 0.8, midAt), (0.8, midAt + hand)], width: 0.08, .dark)
    sketch.disc("ball", 0, lowAt, low, .main)
    sketch.disc("ball", 0, midAt, mid, .main)
    sketch.disc("head", 0, headAt, head, .main)
    if !vary.has(0.2) {
      sketch.box("hat", -head * 0.75, brim - 0.3, head * 0.75, brim, .second)
      sketch.box("brim", -head * 1.25, brim - 0.07, head * 1.25, brim + 0.03, .second)
    }
    for x in [-head * 0.4, head * 0.4] {
      sketch.disc("eye", x, headAt - head * 0.1, 0.05, .dark)
    }
    sketch.polygon("nose", [(0, headAt + 0.02), (0.2, headAt + 0.1), (0, headAt + 0.12)], .third)
    for y in [midAt - 0.1, midAt + 0.1, lowAt - 0.05] {
      sketch.disc("button", 0, y, 0.05, .dark)
    }
    return sketch.parts
  }
}
