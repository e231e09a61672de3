// The parts of the classes that are alive.

extension Thing {
  static func face(_ vary: inout Variation) -> [Part] {
    let wide = vary(0.58, 0.74)
    let apart = vary(0.23, 0.32)
    let eyes = vary(-0.1, 0.08)
    let eye = vary(0.12, 0.17)
    let mouth = vary(0.46, 0.58)
    let smile = vary(-0.08, 0.22)
    let gaze = vary(-0.05, 0.05)
    let fringe = vary(-0.75, -0.5)
    var sketch = Sketch()
    sketch.ellipse("hair", 0, -0.25, wide + 0.13, vary(0.68, 0.74), .second)
    sketch.ellipse("ear", -wide, 0.06, 0.13, 0.2, .main)
    sketch.ellipse("ear", wide, 0.06, 0.13, 0.2, .main)
    sketch.ellipse("head", 0, 0.1, wide, 0.86, .main)
    sketch.ellipse("fringe", 0, fringe, wide * 0.75, 0.24, .second)
    for side in [Float(-1), 1] {
      let x = side * apart
      sketch.ellipse("eye", x, eyes, eye, eye * 0.8, .light)
      sketch.disc("pupil", x + gaze, eyes, eye * 0.55, .dark)
      sketch.stroke(
        "brow", [(x - 0.14, eyes - 0.2), (x + 0.14, eyes - 0.2)], width: 0.07, .dark)
    }
    sketch.polygon("nose", [(0, eyes + 0.12), (0.1, mouth - 0.16), (-0.1, mouth - 0.16)], .third)
    sketch.stroke(
      "mouth",
      [
        (-0.28, mouth), (-0.14, mouth + smile * 0.75), (0, mouth + smile),
        (0.14, mouth + smile * 0.75), (0.28, mouth),
      ], width: 0.1, .dark)
    return sketch.parts
  }

  static func broadleaf(_ vary: inout Variation) -> [Part] {
    let trunk = vary(0.1, 0.16)
    let crown = vary(0.4, 0.5)
    let side = vary(0.36, 0.46)
    let lower = vary(-0.15, 0.1)
    var sketch = Sketch()
    sketch.polygon(
      "trunk", [(-trunk, 0), (trunk, 0), (trunk * 1.4, 0.96), (-trunk * 1.4, 0.96)], .second)
    sketch.ellipse("crown", -side, lower, vary(0.36, 0.44), vary(0.34, 0.42), .main)
    sketch.ellipse("crown", side, lower, vary(0.36, 0.44), vary(0.34, 0.42), .main)
    sketch.ellipse("crown", vary(-0.1, 0.1), -0.45, crown, crown, .main)
    let fruits: [(Float, Float)] = [
      (-0.45, 0), (0.42, -0.05), (-0.15, -0.5), (0.2, -0.62), (0, -0.12),
    ]
    if vary.has(0.6) {
      for (x, y) in fruits { sketch.disc("fruit", x, y, 0.08, .third) }
    }
    return sketch.parts
  }

  static func fir(_ vary: inout Variation) -> [Part] {
    let trunk = vary(0.09, 0.14)
    var sketch = Sketch()
    sketch.box("trunk", -trunk, 0.5, trunk, 0.96, .second)
    for (tier, half) in [Float(0.72), 0.58, 0.42].enumerated() {
      let foot = 0.6 - 0.45 * Float(tier)
      let width = half * vary(0.9, 1.1)
      sketch.polygon("tier", [(-width, foot), (0, foot - 0.7), (width, foot)], .main)
    }
    return sketch.parts
  }

  static func fish(_ vary: inout Variation) -> [Part] {
    let length = vary(0.66, 0.74)
    let depth = vary(0.34, 0.5)
    let tail = vary(0.34, 0.5)
    let fin = vary(0.2, 0.35)
    let gill = vary(-0.4, -0.3)
    var sketch = Sketch()
    sketch.polygon("tail", [(0.4, 0), (0.97, -tail), (0.88, 0)], .second)
    sketch.polygon("tail", [(0.4, 0), (0.97, tail), (0.88, 0)], .second)
    sketch.polygon(
      "fin", [(-0.35, -depth * 0.8), (0.1, -depth - fin), (0.3, -depth * 0.6)], .second)
    sketch.polygon(
      "fin", [(-0.1, depth * 0.8), (0.2, depth + fin * 0.7), (0.2, depth * 0.6)], .second)
    sketch.ellipse("body", -0.22, 0, length, depth, .main)
    if vary.has(0.5) {
      for x in [Float(-0.12), 0.12] {
        sketch.stroke("stripe", [(x, -depth * 0.7), (x, depth * 0.7)], width: 0.1, .third)
      }
    }
    sketch.stroke(
      "gill", [(gill, -depth * 0.5), (gill + 0.1, 0), (gill, depth * 0.5)], width: 0.07, .dark)
    sketch.disc("eye", -0.6, -depth * 0.28, 0.12, .light)
    sketch.disc("pupil", -0.62, -depth * 0.28, 0.065, .dark)
    sketch.stroke("mouth", [(-0.92, 0.12), (-0.72, 0.14)], width: 0.07, .dark)
    return sketch.parts
  }

  static func flower(_ vary: inout Variation) -> [Part] {
    let petals = vary.has(0.5) ? 5 : 6
    let start = vary(-30, 30)
    let away = vary(0.33, 0.38)
    let long = vary(0.24, 0.3)
    let broad = vary(0.14, 0.2)
    let heart = vary(0.15, 0.22)
    let lean = vary(-0.15, 0.15)
    let headAt: Float = -0.34
    var sketch = Sketch()
    sketch.stroke("stem", [(0, headAt), (lean * 0.3, 0.4), (lean, 0.95)], width: 0.12, .second)
    sketch.ellipse("leaf", -0.27, vary(0.5, 0.66), 0.28, 0.12, turned: 32, .second)
    sketch.ellipse("leaf", 0.3, vary(0.5, 0.66), 0.28, 0.12, turned: -32, .second)
    for petal in 0..<petals {
      let angle = start + 360 * Float(petal) / Float(petals)
      let turn = Turn(degrees: angle)
      sketch.ellipse(
        "petal", turn.cosine * away, headAt + turn.sine * away, long, broad, turned: angle, .main)
    }
    sketch.disc("heart", 0, headAt, heart, .third)
    return sketch.parts
  }

  static func bird(_ vary: inout Variation) -> [Part] {
    let plump = vary(0.34, 0.44)
    let tilt = vary(8, 28)
    let head = vary(0.22, 0.28)
    let headY = vary(-0.6, -0.48)
    let wing = vary(-10, 40)
    let headX: Float = -0.48
    var sketch = Sketch()
    sketch.stroke("leg", [(-0.1, 0.3), (-0.12, 0.94), (-0.28, 0.94)], width: 0.08, .dark)
    sketch.stroke("leg", [(0.14, 0.3), (0.12, 0.94), (-0.04, 0.94)], width: 0.08, .dark)
    sketch.polygon("tail", [(0.4, 0.1), (0.92, vary(-0.1, 0.1)), (0.97, 0.3), (0.4, 0.4)], .second)
    sketch.polygon(
      "beak",
      [(headX - 0.15, headY - 0.12), (-0.98, headY + 0.05), (headX - 0.15, headY + 0.14)],
      .third)
    sketch.ellipse("body", 0, 0.12, 0.58, plump, turned: tilt, .main)
    sketch.disc("head", headX, headY, head, .main)
    sketch.ellipse("wing", 0.16, 0.1, 0.36, 0.19, turned: wing, .second)
    sketch.disc("eye", headX - 0.06, headY - 0.05, 0.085, .light)
    sketch.disc("pupil", headX - 0.07, headY - 0.05, 0.05, .dark)
    return sketch.parts
  }
}
