import TensorCore

/// Which pixels of a picture are dropped, for a network to paint (Pathak and others 2016, section 3.3).
public enum Hole: String, CaseIterable, Sendable {
  /// The square in the middle, of half the side: a quarter of the picture.
  case centre
  /// Some squares, which may overlap, up to a quarter of the picture.
  case blocks = "random blocks"
  /// A shape without corners anywhere, up to a quarter of the picture.
  case region = "random region"

  /// Masks of pictures of `side` pixels, `[count, side, side, 1]`: **1 on what is dropped**, 0 on what is
  /// seen, as in the paper's equation 1.
  public func masks(_ count: Int, side: Int, using random: inout Random) -> Tensor {
    let masks = (0..<count).flatMap { _ -> [Float] in
      switch self {
      case .centre: square(side)
      case .blocks: blocks(side, &random)
      case .region: region(side, &random)
      }
    }
    return Tensor([count, side, side, 1], masks)
  }

  /// The rows and columns of the square in the middle.
  public static func middle(_ side: Int) -> Range<Int> { side / 4..<side - side / 4 }

  private func square(_ side: Int) -> [Float] {
    let middle = Hole.middle(side)
    return (0..<side * side).map {
      middle.contains($0 / side) && middle.contains($0 % side) ? 1 : 0
    }
  }

  /// Squares of a fifth to a third of the side, as long as they leave three quarters to be seen.
  private func blocks(_ side: Int, _ random: inout Random) -> [Float] {
    var mask = [Float](repeating: 0, count: side * side)
    var dropped = 0
    while dropped < side * side * 15 / 100 {
      let size = side / 5 + random.integer(below: side / 3 - side / 5 + 1)
      let top = random.integer(below: side - size + 1)
      let left = random.integer(below: side - size + 1)
      let places = (0..<size * size).map { (top + $0 / size) * side + left + $0 % size }
      let fresh = places.count { mask[$0] == 0 }
      if dropped + fresh > side * side / 4 { continue }
      for place in places { mask[place] = 1 }
      dropped += fresh
    }
    return mask
  }

  /// Where smooth noise is highest: a fifth to a quarter of the picture.
  private func region(_ side: Int, _ random: inout Random) -> [Float] {
    let cells = 5
    let grid = (0..<cells * cells).map { _ in random.normal() }
    let noise = (0..<side * side).map { pixel -> Float in
      let y = Float(pixel / side) / Float(side - 1) * Float(cells - 1)
      let x = Float(pixel % side) / Float(side - 1) * Float(cells - 1)
      let (row, column) = (min(Int(y), cells - 2), min(Int(x), cells - 2))
      let (down, across) = (eased(y - Float(row)), eased(x - Float(column)))
      func at(_ r: Int, _ c: Int) -> Float { grid[(row + r) * cells + column + c] }
      let above = at(0, 0) + (at(0, 1) - at(0, 0)) * across
      let below = at(1, 0) + (at(1, 1) - at(1, 0)) * across
      return above + (below - above) * down
    }
    let share = random.uniform(0.2..<0.25)
    let threshold = noise.sorted(by: >)[Int(share * Float(side * side))]
    return noise.map { $0 > threshold ? 1 : 0 }
  }

  private func eased(_ t: Float) -> Float { t * t * (3 - 2 * t) }
}
