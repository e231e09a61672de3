import Checkers
import ExerciseFunctions
import SolutionFunctions

private typealias Matrix = [[Float]]

/// A right answer to exercise 2.5 that needs neither a derivation nor elimination of an inverse.
let rightAutoencoderSpecimens: [Specimen<Chapter2Functions>] = [
  .right("2.5", "differences, and Cramer's rule", chapter2Solutions) {
    $0.reconstruction = { w1, w2, inputs in
      func loss(_ w1: [[Double]], _ w2: [[Double]]) -> Double {
        var total = 0.0
        for picture in inputs {
          let x = picture.map(Double.init)
          let h = w1.map { row in zip(row, x).map { $0 * $1 }.reduce(0, +) }
          for (number, row) in zip(x, w2) {
            let left = number - zip(row, h).map { $0 * $1 }.reduce(0, +)
            total += left * left
          }
        }
        return total / Double(inputs.count)
      }
      let (a, b) = (w1.map { $0.map(Double.init) }, w2.map { $0.map(Double.init) })
      func slopes(_ m: [[Double]], _ loss: ([[Double]]) -> Double) -> Matrix {
        m.indices.map { row in
          m[row].indices.map { column in
            var (up, down) = (m, m)
            up[row][column] += 0.5
            down[row][column] -= 0.5
            return Float(loss(up) - loss(down))
          }
        }
      }
      return (Float(loss(a, b)), slopes(a) { loss($0, b) }, slopes(b) { loss(a, $0) })
    }
    $0.hasFound = { components, w1, w2 in
      // What it does to the unit vectors, one after another.
      let size = w2.count
      return (0..<size).allSatisfy { unit in
        let x = (0..<size).map { Float($0 == unit ? 1 : 0) }
        let code: [Float] = w1.map { dot($0, x) }
        let came: [Float] = w2.map { dot($0, code) }
        let shares: [Float] = components.map { dot($0, x) }
        let wanted: [Float] = (0..<size).map { axis in dot(shares, components.map { $0[axis] }) }
        return zip(came, wanted).allSatisfy { abs($0 - $1) <= 0.001 }
      }
    }
    $0.mixed = { w1, w2, mix in
      func determinant(_ m: [[Double]]) -> Double {
        var (m, result) = (m, 1.0)
        for column in m.indices {
          let pivot = (column..<m.count).max { abs(m[$0][column]) < abs(m[$1][column]) }!
          if pivot != column {
            m.swapAt(pivot, column)
            result = -result
          }
          result *= m[column][column]
          if result == 0 { return 0 }
          for row in (column + 1)..<max(m.count, column + 1) {
            let factor = m[row][column] / m[column][column]
            for place in m.indices { m[row][place] -= factor * m[column][place] }
          }
        }
        return result
      }
      let g = mix.map { $0.map(Double.init) }
      let whole = determinant(g)
      let decoder = w2.map { row in
        g.indices.map { unit in
          // x G = row: the row in the place of G's row `unit`.
          var replaced = g
          replaced[unit] = row.map(Double.init)
          return Float(determinant(replaced) / whole)
        }
      }
      let encoder = mix.map { row in
        w1[0].indices.map { axis in dot(row, w1.map { $0[axis] }) }
      }
      return (encoder, decoder)
    }
  },
  .right("2.5", "an inverse by cofactors", chapter2Solutions) {
    $0.mixed = { w1, w2, mix in
      func minor(_ m: Matrix, _ row: Int, _ column: Int) -> Matrix {
        var m = m
        m.remove(at: row)
        for place in m.indices { m[place].remove(at: column) }
        return m
      }
      func determinant(_ m: Matrix) -> Float {
        if m.isEmpty { return 1 }
        return m.indices.map { column in
          (column % 2 == 0 ? 1 : -1) * m[0][column] * determinant(minor(m, 0, column))
        }.reduce(0, +)
      }
      let whole = determinant(mix)
      let inverse = mix.indices.map { row in
        mix.indices.map { column in
          ((row + column) % 2 == 0 ? 1 : -1) * determinant(minor(mix, column, row)) / whole
        }
      }
      func product(_ a: Matrix, _ b: Matrix) -> Matrix {
        a.map { row in b[0].indices.map { column in dot(row, b.map { $0[column] }) } }
      }
      return (product(mix, w1), product(w2, inverse))
    }
  },
]
