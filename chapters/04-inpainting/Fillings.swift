import CourseData
import TensorCore

/// What some way of painting put into the holes of the test pictures.
struct Filling {
  /// What the way is called.
  let name: String
  /// The painted squares, 0…1, `[count, side / 2, side / 2, 3]`.
  let holes: Tensor
}

/// Ways to fill the square in the middle that need no network.
enum Baseline: String, CaseIterable {
  /// One colour: the mean of all training pictures' squares.
  case mean = "mean colour"
  /// One colour for each picture: the mean of the ring of pixels around its hole.
  case border = "mean of the border"
  /// The square of that training picture whose seen pixels are nearest.
  case nearest = "nearest picture"
  /// A linear guess from the seen pixels' principal components.
  case components = "PCA, linear"

  /// Fills the holes of pictures.
  func filled(_ pictures: Pictures, from training: Pictures, seed: UInt64) -> Filling {
    let side = pictures.height
    let half = side / 2
    let holes: Tensor
    switch self {
    case .mean:
      let mean = middle(training).reshaped([-1, 3]).mean(axis: 0)
      holes = (Variable(Tensor([pictures.count, half, half, 3], fill: 0)) + mean).value
    case .border:
      let middle = Hole.middle(side)
      let ring = (middle.lowerBound - 1)..<(middle.upperBound + 1)
      let mask = (0..<side * side).map { pixel -> Float in
        let (y, x) = (pixel / side, pixel % side)
        let isNear = ring.contains(y) && ring.contains(x)
        return isNear && !(middle.contains(y) && middle.contains(x)) ? 1 : 0
      }
      let around = mask.reduce(0, +)
      let x = Variable(pictures.tensor()).reshaped([pictures.count, side * side, 3])
      let weights = Variable(Tensor([1, side * side, 1], mask))
      let mean = (x * weights).sum(axis: 1) / around
      holes =
        (Variable(Tensor([pictures.count, half, half, 3], fill: 0))
        + mean.reshaped([pictures.count, 1, 1, 3])).value
    case .nearest:
      let nearest = KMeans.nearest(seen(pictures), seen(training)).assignments
      holes = middle(training).gather(nearest).value
    case .components:
      var random = Random(seed: seed, stream: 41)
      let known = seen(training)
      let components = PrincipalComponents(known, count: 60, iterations: 10, using: &random)
      let truth = middle(training).reshaped([training.count, -1])
      let probe = RidgeProbe(components(known), targets: truth.value)
      holes =
        clamped(Variable(probe(components(seen(pictures)))), to: 0...1)
        .reshaped([pictures.count, half, half, 3]).value
    }
    return Filling(name: rawValue, holes: holes)
  }
}

/// The squares in the middle, 0…1, `[count, side / 2, side / 2, 3]`.
func middle(_ pictures: Pictures) -> Variable {
  let middle = Hole.middle(pictures.height)
  return Variable(pictures.tensor()).sliced(axis: 1, middle).sliced(axis: 2, middle)
}

/// All pixels but those of the square, `[count, 3/4 · side · side · 3]`.
private func seen(_ pictures: Pictures) -> Variable {
  let side = pictures.height
  let middle = Hole.middle(side)
  let places = (0..<side * side * 3).filter {
    !(middle.contains($0 / 3 / side) && middle.contains($0 / 3 % side))
  }
  return Variable(pictures.tensor().reshaped([pictures.count, -1])).gather(places, axis: 1)
}

/// Pictures with squares put into their middle, 0…1, `[count, side, side, 3]`.
func pasted(_ holes: Tensor, into pictures: Pictures) -> Tensor {
  Sketch(pictures.height).pasted(Variable(holes), on: Variable(pictures.tensor())).value
}
