import TensorCore

extension Pictures {
  /// Cuts square patches out, `[places.count, size, size, channels]`.
  ///
  /// A patch that does not lie within its picture stops the program.
  public func patches(at places: [PatchPlace], size: Int) -> Tensor {
    let row = size * channels
    let numbers = [Float](unsafeUninitializedCapacity: places.count * size * row) { out, used in
      used = places.count * size * row
      pixels.withUnsafeBufferPointer { pixels in
        for (index, place) in places.enumerated() {
          if place.top < 0 || place.left < 0 || place.top + size > height
            || place.left + size > width || !(0..<count).contains(place.picture)
          {
            fatalError(
              "Pictures: no patch of \(size) at row \(place.top), column \(place.left) of picture "
                + "\(place.picture): there are \(count) of \(width) × \(height) pixels")
          }
          for y in 0..<size {
            let from = ((place.picture * height + place.top + y) * width + place.left) * channels
            let to = (index * size + y) * row
            for i in 0..<row { out[to + i] = pixels[from + i] }
          }
        }
      }
    }
    return Tensor([places.count, size, size, channels], numbers)
  }
}

/// Makes some patches coarse: small, by the mean of what comes to lie in a pixel, and large again.
///
/// The paper does so with some of its patches, down to 100 pixels in all, so that the network does not
/// depend on what only a fine picture shows (Doersch, Gupta and Efros 2015, section 3.1).
///
/// - Parameters:
///   - patches: `[count, size, size, channels]`.
///   - sides: the small side of each, 1…size; `size` leaves a patch as it is.
/// - Returns: the same shape.
public func coarsened(_ patches: Tensor, to sides: [Int]) -> Tensor {
  let (count, size, channels) = (patches.shape[0], patches.shape[1], patches.shape[3])
  if sides.count != count || !sides.allSatisfy({ (1...size).contains($0) }) {
    fatalError("coarsened: \(sides.count) sides for patches \(patches.shape)")
  }
  var mixtures: [Int: [Float]] = [:]
  var numbers = patches.numbers
  var half = [Float](repeating: 0, count: size * size * channels)
  for index in 0..<count where sides[index] < size {
    let mixture = mixtures[sides[index]] ?? smallAndLarge(size, sides[index])
    mixtures[sides[index]] = mixture
    let start = index * size * size * channels
    // Down the columns, then along the rows.
    for y in 0..<size {
      for i in 0..<size * channels {
        var sum: Float = 0
        for from in 0..<size {
          sum += mixture[y * size + from] * numbers[start + from * size * channels + i]
        }
        half[y * size * channels + i] = sum
      }
    }
    for y in 0..<size {
      for x in 0..<size {
        for channel in 0..<channels {
          var sum: Float = 0
          for from in 0..<size {
            sum += mixture[x * size + from] * half[(y * size + from) * channels + channel]
          }
          numbers[start + (y * size + x) * channels + channel] = sum
        }
      }
    }
  }
  return Tensor(patches.shape, numbers)
}

/// The map of a line of `size` pixels onto itself by way of `small` pixels, `[size, size]`.
private func smallAndLarge(_ size: Int, _ small: Int) -> [Float] {
  let ratio = Float(size) / Float(small)
  // Down: each small pixel is the mean of what lies within it.
  var down = [Float](repeating: 0, count: small * size)
  for s in 0..<small {
    let (low, high) = (Float(s) * ratio, Float(s + 1) * ratio)
    for p in 0..<size {
      let share = min(high, Float(p + 1)) - max(low, Float(p))
      if share > 0 { down[s * size + p] = share / ratio }
    }
  }
  // Up: on the straight line between the centres of the two small pixels on either side.
  var result = [Float](repeating: 0, count: size * size)
  for p in 0..<size {
    let place = min(max((Float(p) + 0.5) / ratio - 0.5, 0), Float(small - 1))
    let first = min(Int(place), max(0, small - 2))
    let second = min(first + 1, small - 1)
    let share = place - Float(first)
    for from in 0..<size {
      result[p * size + from] =
        (1 - share) * down[first * size + from] + share * down[second * size + from]
    }
  }
  return result
}
